//! Roles.

use crate::meta::ObjectMeta;

/// A role; made by [`role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleMeta {
    /// Its name.
    pub name: &'static str,
    /// Whether it may connect.
    pub login: bool,
    /// Whether it has the rights of the roles it is in without asking.
    pub inherit: bool,
    /// Whether it may make databases.
    pub create_db: bool,
    /// Whether it may make roles.
    pub create_role: bool,
    /// Whether row security does not count for it.
    pub bypass_rls: bool,
    /// The roles it is in.
    pub member_of: &'static [&'static str],
}

/// The role `name`, which may do nothing yet. It gets no password: that is the operator's.
///
/// ```
/// use mizzle::object::role;
///
/// assert!(role("app").login().member_of(&["readers"]).login);
/// ```
pub const fn role(name: &'static str) -> RoleMeta {
    RoleMeta {
        name,
        login: false,
        inherit: true,
        create_db: false,
        create_role: false,
        bypass_rls: false,
        member_of: &[],
    }
}

impl RoleMeta {
    /// It may connect.
    pub const fn login(mut self) -> Self {
        self.login = true;
        self
    }

    /// It has the rights of the roles it is in only when it asks for them (`set role`).
    pub const fn no_inherit(mut self) -> Self {
        self.inherit = false;
        self
    }

    /// It may make databases.
    pub const fn create_db(mut self) -> Self {
        self.create_db = true;
        self
    }

    /// It may make roles.
    pub const fn create_role(mut self) -> Self {
        self.create_role = true;
        self
    }

    /// Row security does not count for it.
    pub const fn bypass_rls(mut self) -> Self {
        self.bypass_rls = true;
        self
    }

    /// It is in these roles.
    pub const fn member_of(mut self, roles: &'static [&'static str]) -> Self {
        self.member_of = roles;
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Role(self)
    }
}
