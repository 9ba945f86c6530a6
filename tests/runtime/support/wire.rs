//! A wire between client and server: somebody on it reads what the client sends, and may answer in the server's place.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a client asks first when it wants TLS.
pub(crate) const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// The code of a cancel request.
pub(crate) const CANCEL: [u8; 4] = [4, 210, 22, 46];

#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
    answer: Arc<Mutex<Option<Vec<u8>>>>,
}

impl Wire {
    /// A wire to this port.
    pub(crate) async fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let wire = Wire { port, seen: Arc::default(), answer: Arc::default() };
        let own = wire.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(own.clone().carry(client, server));
            }
        });
        wire
    }

    /// From now on the question for TLS gets this answer and does not reach the server.
    pub(crate) fn answer(&self, answer: Option<&[u8]>) {
        *self.answer.lock().unwrap() = answer.map(<[u8]>::to_vec);
    }

    /// What each of the connections has sent so far.
    pub(crate) fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().clone()
    }

    async fn carry(self, client: TcpStream, server: u16) {
        let number = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(Vec::new());
            seen.len() - 1
        };
        let see = |bytes: &[u8]| self.seen.lock().unwrap()[number].extend(bytes);
        let (mut from_client, mut to_client) = client.into_split();
        let answer = self.answer.lock().unwrap().clone();
        if let Some(answer) = answer {
            let mut question = [0; 8];
            if from_client.read_exact(&mut question).await.is_err() {
                return;
            }
            see(&question);
            to_client.write_all(&answer).await.unwrap();
        }
        let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
        let (mut from_server, mut to_server) = server.into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
        let mut buffer = vec![0; 1 << 14];
        while let Ok(len @ 1..) = from_client.read(&mut buffer).await {
            see(&buffer[..len]);
            if to_server.write_all(&buffer[..len]).await.is_err() {
                return;
            }
        }
    }
}
