//! A proxy that holds the server's answers back until it has seen enough of the client's messages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;
use tokio_postgres::config::Host;

/// What the proxy has seen, and whether it holds answers back.
#[derive(Default)]
pub(crate) struct Gate {
    /// The message that is counted: `P`arse, `E`xecute.
    wanted: AtomicUsize,
    kind: std::sync::atomic::AtomicU8,
    closed: AtomicBool,
    opened: Notify,
}

impl Gate {
    /// From now on no answer passes before the client has sent so many messages of this kind.
    pub(crate) fn hold_until(&self, count: usize, kind: u8) {
        self.kind.store(kind, Ordering::SeqCst);
        self.wanted.store(count, Ordering::SeqCst);
        self.closed.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.closed.load(Ordering::SeqCst)
    }

    fn saw(&self, kind: u8) {
        if self.is_open() || kind != self.kind.load(Ordering::SeqCst) {
            return;
        }
        if self.wanted.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.closed.store(false, Ordering::SeqCst);
            self.opened.notify_waiters();
        }
    }

    async fn pass(&self) {
        loop {
            let opened = self.opened.notified();
            if self.is_open() {
                return;
            }
            opened.await;
        }
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A proxy for one connection to the server of `url`, and the URL to reach it by.
pub(crate) async fn proxy(url: &str) -> (String, Arc<Gate>) {
    let config: tokio_postgres::Config = url.parse().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let password = String::from_utf8(config.get_password().unwrap_or_default().to_vec()).unwrap();
    let through = format!(
        "host=127.0.0.1 port={port} sslmode=disable user='{}' password='{password}' dbname='{}'",
        config.get_user().unwrap(),
        config.get_dbname().unwrap()
    );
    let gate = Arc::new(Gate::default());
    let seen = gate.clone();
    tokio::spawn(async move {
        let (client, _) = listener.accept().await.unwrap();
        let server = connect(&config).await;
        let (mut client_read, mut client_write) = tokio::io::split(client);
        let (mut server_read, mut server_write) = tokio::io::split(server);
        let answers = seen.clone();
        tokio::spawn(async move {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(len @ 1..) = server_read.read(&mut buffer).await {
                answers.pass().await;
                client_write.write_all(&buffer[..len]).await.unwrap();
            }
        });
        let mut first = true;
        while let Some((kind, message)) = read_message(&mut client_read, first).await {
            first = false;
            server_write.write_all(&message).await.unwrap();
            seen.saw(kind);
        }
    });
    (through, gate)
}

async fn connect(config: &tokio_postgres::Config) -> Box<dyn Stream> {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match config.get_hosts().first().unwrap() {
        Host::Tcp(host) => Box::new(TcpStream::connect((host.as_str(), port)).await.unwrap()),
        Host::Unix(folder) => {
            Box::new(UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap())
        }
    }
}

/// A message and its kind; the first one of a connection has no kind.
async fn read_message(stream: &mut (impl AsyncRead + Unpin), first: bool) -> Option<(u8, Vec<u8>)> {
    let kind = if first { 0 } else { stream.read_u8().await.ok()? };
    let len = stream.read_u32().await.ok()?;
    let mut body = vec![0; len as usize - 4];
    stream.read_exact(&mut body).await.ok()?;
    let mut message = if first { Vec::new() } else { vec![kind] };
    message.extend(len.to_be_bytes());
    message.extend(body);
    Some((kind, message))
}
