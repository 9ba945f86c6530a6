//! A typed JSON document.

use super::base::{BaseValue, BoxError, Element};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::{BufMut, BytesMut};
use postgres_types::Type;
use serde::{Serialize, de::DeserializeOwned};
use std::ops::{Deref, DerefMut};

/// A `jsonb` (or, with `#[orm(type = "json")]`, `json`) column whose document is a `T`.
///
/// ```
/// use orm_core::value::Json;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Settings { theme: String }
///
/// let settings = Json(Settings { theme: "dark".into() });
/// assert_eq!(settings.theme, "dark");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Json<T>(pub T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// The one version of jsonb's binary format (`jsonb_send` in PostgreSQL's source).
const JSONB_VERSION: u8 = 1;

impl<T: Serialize + DeserializeOwned + 'static> BaseValue for Json<T> {
    type This = Self;
    const TYPE: &'static TypeMeta = &TypeMeta {
        name: "jsonb",
        param: &Type::JSONB,
        cast: "",
        accepts: |ty| matches!(*ty, Type::JSON | Type::JSONB),
        class: TypeClass::Json,
        bulk: BulkMeta { param: &Type::JSONB_ARRAY, name: "jsonb[]", flattened: false },
    };

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        out.put_u8(JSONB_VERSION);
        Ok(serde_json::to_writer(out.writer(), &self.0)?)
    }

    fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError> {
        let document = match (ty, raw) {
            (&Type::JSONB, [JSONB_VERSION, document @ ..]) => document,
            (&Type::JSONB, _) => return Err("the jsonb value is of an unknown version".into()),
            (_, document) => document,
        };
        serde_json::from_slice(document).map(Json).map_err(|error| without_value(&error).into())
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Element for Json<T> {
    const ARRAY_NAME: &'static str = "jsonb[]";
    const ARRAY_CAST: &'static str = "";
}

/// Why a document cannot be read, without what was found in it: `serde` quotes that before what it expected, and
/// what a type of the user's says may quote it anywhere.
fn without_value(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let names_a_field = text.starts_with("missing field ") || text.starts_with("duplicate field ");
    let reason = match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None if error.is_data() && !names_a_field => {
            format!("found something else at line {} column {}", error.line(), error.column())
        }
        None => text,
    };
    format!("the document does not fit the Rust type: {reason}")
}
