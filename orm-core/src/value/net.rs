//! Network addresses: `inet` and `macaddr`.

use super::base::{BaseValue, BoxError, Element};
use super::bytes::{end, take};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::{BufMut, BytesMut};
use postgres_types::Type;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// PostgreSQL's own numbers of the address families (`PGSQL_AF_INET` in its source).
const IPV4: u8 = 2;
const IPV6: u8 = 3;

/// A host. `network_send` in PostgreSQL's source: family, bits of the netmask, whether it is a `cidr`, how many bytes
/// follow, and they.
impl BaseValue for IpAddr {
    type This = Self;
    const TYPE: &'static TypeMeta = &TypeMeta {
        name: "inet",
        param: &Type::INET,
        cast: "",
        accepts: |ty| *ty == Type::INET,
        class: TypeClass::Other,
        bulk: BulkMeta { param: &Type::INET_ARRAY, name: "inet[]", flattened: false },
    };

    const READS_TYPE: bool = false;

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        match self {
            IpAddr::V4(address) => {
                out.put_slice(&[IPV4, 32, 0, 4]);
                out.put_slice(&address.octets());
            }
            IpAddr::V6(address) => {
                out.put_slice(&[IPV6, 128, 0, 16]);
                out.put_slice(&address.octets());
            }
        }
        Ok(())
    }

    fn decode(_: &Type, mut raw: &[u8]) -> Result<Self, BoxError> {
        let raw = &mut raw;
        let [family, bits, _, len] = take(raw)?;
        let (address, whole) = match (family, len) {
            (IPV4, 4) => (IpAddr::from(take::<4>(raw)?), 32),
            (IPV6, 16) => (IpAddr::from(take::<16>(raw)?), 128),
            _ => return Err("the address is neither IPv4 nor IPv6".into()),
        };
        end(raw)?;
        if bits == whole {
            Ok(address)
        } else {
            Err(format!("the address has a netmask of {bits} bits, which an `IpAddr` cannot hold").into())
        }
    }
}

impl Element for IpAddr {
    const ARRAY_NAME: &'static str = "inet[]";
    const ARRAY_CAST: &'static str = "";
}

/// A `macaddr`: the six bytes of a network card's address.
///
/// ```
/// use mizzle::MacAddr;
///
/// let address = MacAddr([0x08, 0x00, 0x2b, 0x01, 0x02, 0x03]);
/// assert_eq!(address.to_string(), "08:00:2b:01:02:03");
/// assert_eq!("08-00-2B-01-02-03".parse(), Ok(address));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MacAddr(pub [u8; 6]);

impl fmt::Display for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

/// A text that is not six bytes in hexadecimal with colons or hyphens between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MacAddrError(());

impl fmt::Display for MacAddrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected six bytes in hexadecimal, such as `08:00:2b:01:02:03`")
    }
}

impl std::error::Error for MacAddrError {}

/// ```
/// use mizzle::MacAddr;
///
/// assert_eq!("08:00:2b:01:02:03".parse(), Ok(MacAddr([8, 0, 43, 1, 2, 3])));
/// assert!("08:00:2b:01:02".parse::<MacAddr>().is_err());
/// ```
impl FromStr for MacAddr {
    type Err = MacAddrError;

    fn from_str(text: &str) -> Result<Self, MacAddrError> {
        let mut parts = text.split([':', '-']);
        let mut address = [0; 6];
        for byte in &mut address {
            let part = parts.next().filter(|part| part.len() == 2 && !part.starts_with('+'));
            *byte = part.and_then(|part| u8::from_str_radix(part, 16).ok()).ok_or(MacAddrError(()))?;
        }
        if parts.next().is_none() { Ok(MacAddr(address)) } else { Err(MacAddrError(())) }
    }
}

impl BaseValue for MacAddr {
    type This = Self;
    const TYPE: &'static TypeMeta = &TypeMeta {
        name: "macaddr",
        param: &Type::MACADDR,
        cast: "",
        accepts: |ty| *ty == Type::MACADDR,
        class: TypeClass::Other,
        bulk: BulkMeta { param: &Type::MACADDR_ARRAY, name: "macaddr[]", flattened: false },
    };

    const READS_TYPE: bool = false;

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        out.put_slice(&self.0);
        Ok(())
    }

    fn decode(_: &Type, mut raw: &[u8]) -> Result<Self, BoxError> {
        let address = take(&mut raw)?;
        end(raw)?;
        Ok(MacAddr(address))
    }
}

impl Element for MacAddr {
    const ARRAY_NAME: &'static str = "macaddr[]";
    const ARRAY_CAST: &'static str = "";
}
