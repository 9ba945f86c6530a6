//! Puts the migrations into the program.

fn main() -> Result<(), orm_kit::Error> {
    orm_kit::build::embed("migrations")
}
