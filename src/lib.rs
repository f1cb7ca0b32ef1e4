//! crosscheck reads several reports of one story and says where their numbers disagree.

pub mod error;
pub mod span;
pub mod quantity;
pub mod lang;
pub mod settings;
pub mod document;
pub mod extract;
pub mod normalise;
pub mod reconcile;
pub mod finding;
