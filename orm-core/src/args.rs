//! The parameters of a statement, in one buffer.

use crate::error::EncodeError;
use crate::meta::TypeMeta;
use crate::sql::Node;
use crate::value::{BaseValue, BoxError, Input, Null, array};
use bytes::BytesMut;
use postgres_types::{Kind, Type};

/// How many parameters the protocol can number (Bind message: Int16, read as unsigned).
pub const MAX_PARAMETERS: usize = 65_535;

/// Bytes of a buffer that are kept for the next statement.
const KEPT: usize = 1024;

/// Enough for the parameters of most statements: a buffer does not grow from one to the next.
const RESERVED: usize = 64;

/// Encoded parameters: each behind its length, as PostgreSQL's Bind message has them, and what is settled only now of
/// a statement's text.
#[derive(Debug, Default)]
pub struct Args {
    buffer: BytesMut,
    count: usize,
    present: Present,
    deferred: Vec<Flattened>,
    error: Option<EncodeError>,
}

/// Something with parameters: it encodes them in the order in which its text numbers them.
pub trait Bind {
    /// Whether there are none, so that nothing needs to be compiled for it.
    const IS_EMPTY: bool = false;

    /// Encodes the parameters.
    fn bind(&self, args: &mut Args);
}

impl<Q: Bind> Bind for &Q {
    fn bind(&self, args: &mut Args) {
        (**self).bind(args);
    }
}

impl Args {
    /// No parameters yet.
    pub fn new() -> Self {
        Args::default()
    }

    /// Encodes the next parameter.
    pub fn push<T: BaseValue, V: Input<T>>(&mut self, value: &V) {
        self.push_with(|out| value.write(out));
    }

    /// Takes the next parameter as it is, encoded already.
    pub(crate) fn push_raw(&mut self, raw: &[u8]) {
        self.push_with(|out| {
            out.extend_from_slice(raw);
            Ok(Null::No)
        });
    }

    /// Says whether the next optional part of the text is there.
    pub fn push_present(&mut self, present: bool) {
        if !self.present.push(present) {
            self.fail(EncodeError::too_many_optionals());
        }
    }

    /// How far it is.
    pub(crate) fn mark(&self) -> Mark {
        Mark { count: self.count, optionals: self.present.count }
    }

    /// Refuses a query that began at `start` and of which two parameters, written as one, differ.
    pub(crate) fn check_keys(&mut self, query: &Node, start: Mark) {
        if self.error.is_some() {
            return;
        }
        let present = |index| self.present.contains(start.optionals + index);
        let values: Vec<_> = Params { rest: &self.buffer, left: self.count }.skip(start.count).collect();
        let pairs = query.repeated_params(&present);
        if pairs.iter().any(|(number, written)| values.get(*number) != values.get(*written)) {
            self.fail(EncodeError::key_differs());
        }
    }

    /// The statement must not be sent; the first reason is kept.
    pub fn fail(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Forgets all parameters.
    #[inline]
    pub fn clear(&mut self) {
        // Mostly [`finish`](Self::finish) has left nothing.
        if !self.is_empty() {
            self.empty();
        }
    }

    fn is_empty(&self) -> bool {
        let Args { buffer: _, count, present, deferred, error } = self;
        *count == 0 && present.count == 0 && deferred.is_empty() && error.is_none()
    }

    #[cold]
    fn empty(&mut self) {
        let Args { buffer, count, present, deferred, error } = self;
        buffer.clear();
        (*count, *present, *error) = (0, Present::NONE, None);
        deferred.clear();
    }

    /// Gives the parameters, their number and what is present of the text; nothing of them stays.
    ///
    /// # Errors
    /// When a parameter could not be encoded, or there are more than [`MAX_PARAMETERS`].
    #[inline]
    pub fn finish(&mut self) -> Result<Encoded, EncodeError> {
        if self.count > MAX_PARAMETERS {
            self.fail(EncodeError::too_many_parameters(self.count));
        }
        let encoded = Encoded {
            buffer: std::mem::take(&mut self.buffer),
            count: std::mem::take(&mut self.count),
            present: std::mem::take(&mut self.present),
        };
        self.error.take().map_or(Ok(encoded), Err)
    }

    /// Gives the parameters as [`finish`](Self::finish) does, in memory that those of the next statements share: for
    /// many statements at a time, which a buffer each would cost more than their encoding.
    ///
    /// # Errors
    /// As `finish`.
    pub fn split(&mut self) -> Result<Encoded, EncodeError> {
        let parameters = self.buffer.split();
        let rest = std::mem::replace(&mut self.buffer, parameters);
        // The rest keeps all of the memory, however little of it is left.
        let kept = self.buffer.len() <= KEPT && rest.capacity() <= KEPT;
        let encoded = self.finish();
        self.buffer = if kept { rest } else { BytesMut::new() };
        encoded
    }

    /// Makes room for the parameters of many statements.
    pub fn share(&mut self) {
        if self.buffer.capacity() < RESERVED {
            self.buffer.reserve(KEPT);
        }
    }

    /// Takes the buffer of parameters that were sent, unless it is large.
    #[inline]
    pub fn reuse(&mut self, sent: Encoded) {
        if sent.buffer.capacity() <= KEPT {
            self.buffer = sent.buffer;
            self.buffer.clear();
        }
    }

    /// Encodes one column of many rows as one array.
    pub(crate) fn push_array<'v, T: BaseValue, V: Input<T> + 'v>(
        &mut self,
        element: &Type,
        values: impl ExactSizeIterator<Item = &'v V>,
    ) {
        self.push_with(|out| array::encode_array(element, values, out).map(|()| Null::No));
    }

    /// Encodes one array-typed column of many rows: whether each row has an array, and for later all elements and the
    /// numbers of their rows.
    pub(crate) fn push_flattened<'v, T: BaseValue, V: Input<T> + 'v>(
        &mut self,
        values: impl ExactSizeIterator<Item = &'v V>,
    ) {
        let mut flattened = Flattened::new(T::TYPE);
        for value in values {
            if let Err(error) = flattened.push(value) {
                self.fail(EncodeError::value(self.count + 1, error));
                return;
            }
        }
        self.push_array::<bool, bool>(&Type::BOOL, flattened.present.iter());
        self.deferred.push(flattened);
    }

    /// Encodes the elements of the array-typed columns, which follow all columns.
    pub(crate) fn push_deferred(&mut self) {
        for flattened in std::mem::take(&mut self.deferred) {
            self.push_with(|out| flattened.write_elements(out).map(|()| Null::No));
            self.push_array::<i64, i64>(&Type::INT8, flattened.rows.iter());
        }
    }

    pub(crate) fn push_with(&mut self, write: impl FnOnce(&mut BytesMut) -> Result<Null, BoxError>) {
        if self.count == 0 {
            self.buffer.reserve(RESERVED);
        }
        self.count += 1;
        if let Err(error) = array::put_sized(&mut self.buffer, write) {
            self.fail(EncodeError::value(self.count, error));
        }
    }
}

/// Where the parameters and the optional parts of a query begin.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    count: usize,
    optionals: u32,
}

/// The elements of an array-typed column of many rows.
#[derive(Debug)]
struct Flattened {
    element: &'static Type,
    present: Vec<bool>,
    rows: Vec<i64>,
    elements: BytesMut,
    scratch: BytesMut,
}

impl Flattened {
    fn new(ty: &'static TypeMeta) -> Self {
        let element = match ty.param.kind() {
            Kind::Array(element) => element,
            _ => ty.param,
        };
        Flattened {
            element,
            present: Vec::new(),
            rows: Vec::new(),
            elements: BytesMut::new(),
            scratch: BytesMut::new(),
        }
    }

    /// The elements of an array that was just written are copied as they are, each behind its length.
    fn push<T: BaseValue, V: Input<T>>(&mut self, value: &V) -> Result<(), BoxError> {
        self.scratch.clear();
        let present = value.write(&mut self.scratch)? == Null::No;
        self.present.push(present);
        if present {
            let (len, elements) = array::split_array(&self.scratch);
            self.elements.extend_from_slice(elements);
            let row = i64::try_from(self.present.len())?;
            self.rows.resize(self.rows.len() + len, row);
        }
        Ok(())
    }

    fn write_elements(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        array::put_array_header(self.element.oid(), self.rows.len(), out)?;
        out.extend_from_slice(&self.elements);
        Ok(())
    }
}

/// Parameters that are ready to be sent.
#[derive(Debug, Clone)]
pub struct Encoded {
    buffer: BytesMut,
    count: usize,
    present: Present,
}

impl Encoded {
    /// The parameters in order, `None` being NULL.
    pub fn params(&self) -> Params<'_> {
        Params { rest: &self.buffer, left: self.count }
    }

    /// Of each optional part of the text, whether it is there.
    pub fn present(&self) -> Present {
        self.present
    }
}

/// Of each optional part of a statement's text, in order, whether it is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Present {
    bits: u64,
    count: u32,
}

impl Present {
    /// How many parts of one statement may be optional.
    pub const MAX: u32 = u64::BITS;

    /// No part is optional, or none of them is there.
    pub const NONE: Present = Present { bits: 0, count: 0 };

    /// Adds the next part, unless there are too many.
    fn push(&mut self, present: bool) -> bool {
        let fits = self.count < Present::MAX;
        if fits {
            self.bits |= u64::from(present) << self.count;
            self.count += 1;
        }
        fits
    }

    /// Whether the part at `index` is there.
    pub const fn contains(self, index: u32) -> bool {
        index < self.count && self.bits >> index & 1 == 1
    }
}

/// The parameters of a statement in order, each in PostgreSQL's binary format; `None` is NULL.
#[derive(Debug, Clone)]
pub struct Params<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> Iterator for Params<'a> {
    type Item = Option<&'a [u8]>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (len, rest) = self.rest.split_first_chunk()?;
        let value = usize::try_from(i32::from_be_bytes(*len)).ok().and_then(|len| rest.split_at_checked(len));
        let (value, rest) = match value {
            Some((value, rest)) => (Some(value), rest),
            None => (None, rest),
        };
        self.rest = rest;
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Params<'_> {}
