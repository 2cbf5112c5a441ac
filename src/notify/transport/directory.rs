//! Messages written to files, one each.

use std::path::{Path, PathBuf};

use lettre::Message;

use super::{Delivery, TransportError};

/// Writing the same notice again replaces its file, so nobody finds it twice; a file is whole from the moment it has its
/// name.
pub(super) fn write(directory: &Path, id: &str, message: &Message) -> Delivery {
    let path = file_of(directory, id);
    match replace(directory, &path, &message.formatted()) {
        Ok(()) => Delivery::Accepted(format!("written to {}", path.display())),
        Err(error) => Delivery::TryAgain(format!("{}: {error}", path.display())),
    }
}

pub(super) fn check(directory: &Path) -> Result<String, TransportError> {
    std::fs::create_dir_all(directory)
        .map(|()| format!("messages are written to {} and reach nobody", directory.display()))
        .map_err(|error| TransportError(format!("{}: {error}", directory.display())))
}

fn replace(directory: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let unfinished = path.with_extension("unfinished");
    #[expect(clippy::disallowed_methods, reason = "this transport writes files")]
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(unfinished, path)
}

fn file_of(directory: &Path, id: &str) -> PathBuf {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    directory.join(format!("{name}.eml"))
}
