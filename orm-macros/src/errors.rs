//! Collects the mistakes of one macro call, so that a single compile shows all of them.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};

/// The mistakes found so far. It must be finished: a collector that is dropped unread would swallow them.
pub(crate) struct Errors {
    found: RefCell<Vec<syn::Error>>,
    finished: Cell<bool>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Errors { found: RefCell::new(Vec::new()), finished: Cell::new(false) }
    }

    /// Records a mistake at a token.
    pub(crate) fn at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        self.found.borrow_mut().push(error);
    }

    /// How many there are, to see whether a part was understood.
    pub(crate) fn count(&self) -> usize {
        self.found.borrow().len()
    }

    /// Ends the collection: the `compile_error!` calls, or nothing when there was no mistake.
    pub(crate) fn finish(self) -> Option<TokenStream> {
        self.finished.set(true);
        let found = self.found.take();
        (!found.is_empty()).then(|| found.iter().map(syn::Error::to_compile_error).collect())
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        // A panic already on its way is the better message.
        debug_assert!(
            self.finished.get() || std::thread::panicking(),
            "mistakes were collected but never read"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::Errors;
    use proc_macro2::Span;

    #[test]
    fn every_mistake_is_kept_in_order() {
        let errors = Errors::new();
        errors.at(Span::call_site(), "first");
        errors.at(Span::call_site(), "second");
        let tokens = errors.finish().unwrap().to_string();
        assert!(tokens.find("first").unwrap() < tokens.find("second").unwrap());
    }

    #[test]
    fn no_mistake_is_nothing() {
        assert!(Errors::new().finish().is_none());
    }

    #[test]
    #[should_panic(expected = "never read")]
    fn unread_mistakes_are_a_bug() {
        drop(Errors::new());
    }
}
