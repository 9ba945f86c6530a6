//! Views, with those that depend on them.

use super::dependents::views_on;
use super::names::derived;
use super::steps::{Stage, Steps, plain};
use super::{Planner, texts};
use crate::catalog::{GrantTarget, Kind, Name, Object, ObjectName, View};
use crate::change::Change;
use crate::ddl;
use crate::depend::Mentions;
use crate::plan::HazardKind;

impl Planner<'_> {
    /// A view with another select is another view; those on it are made again in the same moment.
    pub(super) fn alter_view(&mut self, from: &View, to: &View) {
        let same =
            from.query == to.query && from.columns == to.columns && from.materialized == to.materialized;
        if same {
            self.quick(&[&to.name], ddl::view::alter(from, to));
            return;
        }
        if !self.online() {
            let (from, to) = (Object::View(from.clone()), Object::View(to.clone()));
            self.expand.atomic(Stage::Objects, texts(ddl::alter(&from, &to)));
            return;
        }
        let chain = views_on(&self.from, &to.name, None);
        for view in &chain {
            self.done.insert(Object::View(view.clone()).object_name());
            if let Some(new) = self.to.views.iter().find(|other| other.name == view.name) {
                let (from, to) = (Object::View(view.clone()), Object::View(new.clone()));
                self.happened(&crate::change::Change::Alter { from, to });
            }
        }
        hazards_of_views(&mut self.expand, &chain);
        let (mut statements, creates) = self.dropped_and_created(&chain);
        statements.push(ddl::view::drop(from));
        if to.materialized {
            statements.extend(self.built_beside(to));
        } else {
            statements.extend(ddl::view::create(to));
        }
        statements.extend(self.grants_on(&to.name));
        statements.extend(creates);
        self.expand.atomic(Stage::Objects, texts(statements));
    }

    /// A view of all columns of a table has a new one when it is made again.
    pub(super) fn refresh_views(&mut self) {
        let mut stale = Vec::new();
        for change in self.changes {
            if let Change::Create(Object::Column(table, _)) = change {
                stale.extend(self.views_of_all(table));
            }
        }
        stale.retain(|view| !self.is_changed(&named(Kind::View, &view.name)));
        if !stale.is_empty() {
            hazards_of_views(&mut self.expand, &stale);
            let (drops, creates) = self.dropped_and_created(&stale);
            self.expand.atomic(Stage::Objects, texts(drops.into_iter().chain(creates).collect()));
        }
    }

    /// The views that are to select all columns of a table, and those on them.
    pub(super) fn views_of_all(&self, table: &Name) -> Vec<View> {
        let of_all = |view: &&View| {
            let mentions = Mentions::of(&view.query);
            mentions.star() && mentions.object(table)
        };
        let mut views: Vec<View> = Vec::new();
        for view in self.to.views.iter().filter(of_all) {
            views.push(view.clone());
            views.extend(views_on(self.to, &view.name, None));
        }
        views
    }

    /// A materialized view is computed under another name, so that the old one is read meanwhile; the answer is what gives
    /// it its own.
    fn built_beside(&mut self, to: &View) -> Vec<String> {
        let interim = Name::new(&to.name.schema, derived(&to.name.name, "new"));
        let mut beside = View { name: interim.clone(), ..to.clone() };
        let mut last = ddl::rename(&named(Kind::View, &interim), &named(Kind::View, &to.name));
        for index in &mut beside.indexes {
            let name = derived(&index.name, "new");
            last.push(ddl::index::rename(&to.name.schema, &name, &index.name));
            index.name = name;
        }
        let create =
            ddl::view::create(&beside).into_iter().chain(ddl::view::create_indexes(&beside)).collect();
        self.expand.atomic(Stage::Objects, texts(create));
        last
    }

    /// What takes the views out of the way and makes them again as they are to be.
    pub(super) fn dropped_and_created(&self, views: &[View]) -> (Vec<String>, Vec<String>) {
        let views: Vec<View> = views
            .iter()
            .map(|view| {
                let new = self.to.views.iter().find(|other| other.name == view.name);
                new.unwrap_or(view).clone()
            })
            .collect();
        self.recreated(&views)
    }

    /// What takes the views out of the way and makes them again; each comes behind what it reads.
    pub(super) fn recreated(&self, views: &[View]) -> (Vec<String>, Vec<String>) {
        let mut once: Vec<&View> = Vec::new();
        for view in views {
            if !once.iter().any(|other| other.name == view.name) {
                once.push(view);
            }
        }
        let create = |view: &&View| {
            let grants = self.grants_on(&view.name);
            ddl::create(&Object::View((*view).clone())).into_iter().chain(grants).collect::<Vec<_>>()
        };
        let creates = once.iter().flat_map(create).collect();
        let drops = once.iter().rev().map(|view| ddl::view::drop(view)).collect();
        (drops, creates)
    }

    /// The privileges on a view that are to be there; on one that only old code reads, those that are.
    pub(super) fn grants_on(&self, name: &Name) -> Vec<String> {
        let on = GrantTarget::Table(name.clone());
        let stays = self.to.views.iter().any(|view| view.name == *name);
        let grants = if stays { &self.to.grants } else { &self.from.grants };
        grants.iter().filter(|grant| grant.on == on).map(ddl::grant::grant).collect()
    }

    /// `drop view`, for the contract.
    pub(super) fn drop_later(&mut self, view: &View) {
        self.contract.quick(Stage::Objects, &[&view.name], vec![plain(ddl::view::drop(view))]);
    }
}

/// Says of each materialized view that nobody can read it meanwhile.
pub(super) fn hazards_of_views(steps: &mut Steps, views: &[View]) {
    for view in views.iter().filter(|view| view.materialized) {
        let message = "it is computed again while nobody can read it";
        steps.hazard(HazardKind::Blocking, named(Kind::View, &view.name), message);
    }
}

fn named(kind: Kind, name: &Name) -> ObjectName {
    ObjectName { kind, schema: name.schema.clone(), table: String::new(), name: name.name.clone() }
}
