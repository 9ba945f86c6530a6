//! Where a page ended: the last row's keys, and the token that carries them.

use crate::row::{DecodeError, Fields};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The keys of a row, each behind its length.
#[derive(Debug, Clone)]
pub struct Position(Vec<u8>);

impl Position {
    pub(crate) fn read(fields: &mut Fields<'_>, count: usize) -> Result<Self, DecodeError> {
        let mut keys = Vec::new();
        for _ in 0..count {
            let key = fields.next_raw()?;
            // A field's length is an i32 in the protocol.
            keys.extend_from_slice(&u32::try_from(key.len()).unwrap_or(u32::MAX).to_be_bytes());
            keys.extend_from_slice(key);
        }
        Ok(Position(keys))
    }
}

/// A position as it travels: base64 of a check sum and the keys. The sum is no signature: somebody who forges a token
/// chooses where a page begins, which is a parameter like any other, and nothing else.
pub(crate) struct Token(Vec<u8>);

impl Token {
    pub(crate) fn write(Position(keys): &Position, name: &str) -> String {
        let mut bytes = sum(keys, name).to_be_bytes().to_vec();
        bytes.extend_from_slice(keys);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The token of a query whose keys are called `name`, if it is one of `count` keys.
    pub(crate) fn read(token: &str, name: &str, count: usize) -> Option<Token> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (found, keys) = bytes.split_first_chunk()?;
        if u64::from_be_bytes(*found) != sum(keys, name) {
            return None;
        }
        let token = Token(keys.to_owned());
        let len: usize = token.keys().map(|key| key.len() + 4).sum();
        (token.keys().count() == count && len == token.0.len()).then_some(token)
    }

    /// The keys, one by one.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let (len, keys) = rest.split_first_chunk()?;
            let (key, others) = keys.split_at_checked(usize::try_from(u32::from_be_bytes(*len)).ok()?)?;
            rest = others;
            Some(key)
        })
    }
}

/// FNV-1a, 64 bits, of the keys and what they are keys of.
fn sum(keys: &[u8], name: &str) -> u64 {
    keys.iter()
        .chain(name.as_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{Position, Token};

    fn position() -> Position {
        Position(vec![0, 0, 0, 2, 7, 8, 0, 0, 0, 0])
    }

    #[test]
    fn a_token_gives_its_keys_back() {
        let token = Token::write(&position(), "a");
        let keys: Option<Vec<Vec<u8>>> =
            Token::read(&token, "a", 2).map(|token| token.keys().map(<[u8]>::to_vec).collect());
        assert_eq!(keys, Some(vec![vec![7, 8], vec![]]));
    }

    #[test]
    fn a_token_of_another_query_or_changed_anywhere_is_refused() {
        let token = Token::write(&position(), "a");
        assert!(Token::read(&token, "b", 2).is_none());
        assert!(Token::read(&token, "a", 1).is_none());
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            if let Some(byte) = changed.get_mut(at) {
                *byte = if *byte == b'A' { b'B' } else { b'A' };
            }
            let changed = String::from_utf8(changed).unwrap_or_default();
            assert!(Token::read(&changed, "a", 2).is_none(), "{changed}");
        }
        for cut in 0..token.len() {
            assert!(token.get(..cut).is_some_and(|token| Token::read(token, "a", 2).is_none()));
        }
    }
}
