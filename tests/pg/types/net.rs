//! `inet` and `macaddr`.

use super::round_trip::round_trips;
use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

round_trips! {
    inet: IpAddr, "inet" {
        IpAddr::from(Ipv4Addr::UNSPECIFIED) => "'0.0.0.0'",
        IpAddr::from(Ipv4Addr::new(192, 168, 0, 1)) => "'192.168.0.1'",
        IpAddr::from(Ipv4Addr::BROADCAST) => "'255.255.255.255/32'",
        IpAddr::from(Ipv6Addr::UNSPECIFIED) => "'::'",
        IpAddr::from(Ipv6Addr::LOCALHOST) => "'::1'",
        IpAddr::from(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 1, 0, 0, 0xff)) => "'2001:db8::1:0:0:ff/128'",
        IpAddr::from(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304)) => "'::ffff:1.2.3.4'",
        IpAddr::from([0xff; 16]) => "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'",
    }
    macaddr: MacAddr, "macaddr" {
        MacAddr([0; 6]) => "'00:00:00:00:00:00'",
        MacAddr([0x08, 0x00, 0x2b, 0x01, 0x02, 0xf3]) => "'08:00:2b:01:02:f3'",
        MacAddr([0xff; 6]) => "'ff-ff-ff-ff-ff-ff'",
    }
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "hosts")]
struct Host {
    #[orm(primary_key)]
    id: i32,
    address: IpAddr,
}

#[tokio::test]
async fn an_address_with_a_netmask_is_an_error_that_says_so() -> TestResult {
    const SCHEMA: Schema = schema![Host];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    for (literal, bits) in [("10.1.2.3/8", 8), ("10.0.0.0/0", 0), ("::1/127", 127)] {
        let sql = format!("truncate hosts; insert into hosts values (1, '{literal}')");
        catalog.client().batch_execute(&sql).await?;
        let error = select(Host).one(&db).await.unwrap_err();
        assert_eq!(error.column(), Some("address"));
        let expected = format!("the address has a netmask of {bits} bits, which an `IpAddr` cannot hold");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_cidr_is_not_an_inet() -> TestResult {
    const SCHEMA: Schema = schema![Host];
    let catalog = Catalog::create(&SCHEMA).await?;
    catalog.client().batch_execute("alter table hosts alter address type cidr").await?;
    let error = select(Host).all(&catalog.db().await?).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "select … from \"hosts\": column 2 (`address`): expected `inet`, found `cidr`"
    );
    Ok(())
}

#[test]
fn what_is_no_address_is_refused() {
    for text in [
        "",
        "08:00:2b:01:02",
        "08:00:2b:01:02:03:04",
        "8:0:2b:1:2:3",
        "08:00:2b:01:02:0g",
        "+8:00:2b:01:02:03",
    ] {
        let error = text.parse::<MacAddr>().unwrap_err();
        assert_eq!(error.to_string(), "expected six bytes in hexadecimal, such as `08:00:2b:01:02:03`");
    }
}
