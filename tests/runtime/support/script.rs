//! A server that says what a test has it say.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One message of the server's: its kind, then its length and body.
pub(crate) fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut message = vec![kind];
    message.extend((u32::try_from(body.len()).unwrap() + 4).to_be_bytes());
    message.extend(body);
    message
}

/// An ErrorResponse.
pub(crate) fn error(severity: &str, state: &str, text: &str) -> Vec<u8> {
    let fields = [('S', severity), ('V', severity), ('C', state), ('M', text)];
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(format!("{field}{value}\0").bytes());
    }
    body.push(0);
    message(b'E', &body)
}

/// AuthenticationOk and ReadyForQuery.
pub(crate) fn welcome() -> Vec<u8> {
    [message(b'R', &[0; 4]), message(b'Z', b"I")].concat()
}

/// ParseComplete, a description without parameters and with these columns (name and type OID), ReadyForQuery.
pub(crate) fn prepared(columns: &[(&str, u32)]) -> Vec<u8> {
    let mut body = u16::try_from(columns.len()).unwrap().to_be_bytes().to_vec();
    for (name, oid) in columns {
        body.extend(format!("{name}\0").bytes());
        body.extend([0; 6]);
        body.extend(oid.to_be_bytes());
        // Of variable length, without a modifier, in the text format (nothing is bound yet).
        body.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0]);
    }
    [message(b'1', b""), message(b't', &[0, 0]), message(b'T', &body), message(b'Z', b"I")].concat()
}

/// BindComplete and these rows' bodies, CommandComplete, ReadyForQuery.
pub(crate) fn rows(rows: &[&[u8]]) -> Vec<u8> {
    let mut answer = message(b'2', b"");
    for row in rows {
        answer.extend(message(b'D', row));
    }
    answer.extend(message(b'C', b"SELECT 1\0"));
    answer.extend(message(b'Z', b"I"));
    answer
}

/// A row's body: the number of fields, then each behind its length.
pub(crate) fn row(fields: &[&[u8]]) -> Vec<u8> {
    let mut body = u16::try_from(fields.len()).unwrap().to_be_bytes().to_vec();
    for field in fields {
        body.extend(u32::try_from(field.len()).unwrap().to_be_bytes());
        body.extend(*field);
    }
    body
}

/// A server that gives each connection the same answers, one for each time that the client falls silent, and then
/// closes it, or says nothing for ever. Its URL.
pub(crate) async fn server(answers: Vec<Vec<u8>>, then_close: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(play(stream, answers.clone(), then_close));
        }
    });
    format!("postgres://ada@127.0.0.1:{port}/app?sslmode=disable")
}

async fn play(mut stream: TcpStream, answers: Vec<Vec<u8>>, then_close: bool) -> std::io::Result<()> {
    let mut first = true;
    for answer in answers {
        // The startup message has no kind; a request ends with Sync, Query or Terminate.
        loop {
            let kind = if std::mem::take(&mut first) { b'S' } else { stream.read_u8().await? };
            let len = stream.read_u32().await?;
            stream.read_exact(&mut vec![0; len as usize - 4]).await?;
            if matches!(kind, b'S' | b'Q' | b'X') {
                break;
            }
        }
        stream.write_all(&answer).await?;
    }
    if !then_close {
        std::future::pending::<()>().await;
    }
    Ok(())
}
