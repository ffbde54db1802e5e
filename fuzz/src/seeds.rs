//! Where fuzzing begins: a few inputs of each target, made by code so that no corpus lies in the
//! repository.

use std::path::Path;
use std::{env, fs, io};

/// Names the folder into which a target writes its seeds as it starts.
pub const FOLDER: &str = "AZAT_EDGE_SEEDS";

/// Writes them, if that is asked for.
///
/// # Panics
/// When they cannot be written.
pub fn write(seeds: Vec<Vec<u8>>) {
    if let Some(folder) = env::var_os(FOLDER) {
        write_into(Path::new(&folder), &seeds).expect("a folder for seeds");
    }
}

fn write_into(folder: &Path, seeds: &[Vec<u8>]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (index, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{index:02}")), seed)?;
    }
    Ok(())
}
