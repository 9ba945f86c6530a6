//! Servers with TLS and without, and the certificates of a made-up authority.

use mizzle::prelude::*;
use orm_testing::TestServer;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::path::PathBuf;
use std::sync::LazyLock;
use tokio::sync::OnceCell;

use crate::support::chain::report;

/// What the session is sent through.
#[derive(Table, Debug)]
#[orm(table = "encryption")]
pub(crate) struct Encryption {
    pub(crate) encrypted: bool,
}

/// One who signs certificates, and the file to name as `sslrootcert`.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    pub(crate) file: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let file = write(&format!("{name}.pem"), &issuer.pem());
        Authority { issuer, file }
    }

    /// A certificate for `localhost` and `db.example.com`, and its key.
    fn certificate(&self, set: impl FnOnce(&mut CertificateParams)) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params =
            CertificateParams::new(["localhost".to_owned(), "db.example.com".to_owned()]).unwrap();
        set(&mut params);
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

/// Writes a file of this process's, and gives its path.
pub(crate) fn write(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The one whose certificates the servers have.
pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new("authority"));

/// One who has nothing to do with them.
pub(crate) static STRANGER: LazyLock<Authority> = LazyLock::new(|| Authority::new("stranger"));

pub(crate) struct Server {
    _server: TestServer,
    pub(crate) port: u16,
}

/// Who may come how.
const RULES: &str = "
hostssl all tls_only 127.0.0.1/32 scram-sha-256
hostnossl all plain_only 127.0.0.1/32 scram-sha-256
host all anyone,postgres 127.0.0.1/32 scram-sha-256
";

const SCHEMA: &str = "
    create role anyone login superuser password 'secret';
    create role tls_only login password 'secret';
    create role plain_only login password 'secret';
    create view encryption as select ssl as encrypted from pg_stat_ssl where pid = pg_backend_pid();
    grant select on encryption to public;
    create view naps as select 1 as done from pg_sleep(30);
";

impl Server {
    async fn start(certificate: Option<(String, String)>) -> Self {
        let mut builder = TestServer::builder().file("pg_hba.conf", RULES);
        if let Some((certificate, key)) = certificate {
            builder = builder
                .setting("ssl", "on")
                .setting("ssl_cert_file", "tls.crt")
                .setting("ssl_key_file", "tls.key")
                .file("tls.crt", &certificate)
                .file("tls.key", &key);
        }
        // The message says what is missing.
        let server = builder.start().await.unwrap();
        let config: tokio_postgres::Config = server.url().parse().unwrap();
        let (client, driver) = config.connect(tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(driver);
        client.batch_execute(SCHEMA).await.unwrap();
        Server { port: config.get_ports()[0], _server: server }
    }

    /// The URL of `user` at `localhost`.
    pub(crate) fn url(&self, user: &str, parameters: &str) -> String {
        url(user, self.port, parameters)
    }
}

/// The URL of `user` at this port of `localhost`.
pub(crate) fn url(user: &str, port: u16, parameters: &str) -> String {
    format!("postgres://{user}:secret@localhost:{port}/postgres?{parameters}")
}

/// One with TLS.
pub(crate) async fn with_tls() -> &'static Server {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    SERVER.get_or_init(|| Server::start(Some(AUTHORITY.certificate(|_| ())))).await
}

/// One with a certificate of yesterday.
pub(crate) async fn expired() -> &'static Server {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    let old = |params: &mut CertificateParams| {
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
    };
    SERVER.get_or_init(|| Server::start(Some(AUTHORITY.certificate(old)))).await
}

/// One without TLS.
pub(crate) async fn without_tls() -> &'static Server {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    SERVER.get_or_init(|| Server::start(None)).await
}

/// Connects, and says whether that is encrypted, or why it is not possible.
pub(crate) async fn outcome(url: &str) -> Result<bool, String> {
    let db = Db::connect(url).await.map_err(|error| report(&error))?;
    select(Encryption.encrypted).from(Encryption).one(&db).await.map_err(|error| report(&error))
}
