//! `quorate backup` and `quorate jobs`.

use std::fs;

use super::{Folder, quorate, words};

#[test]
fn a_copy_is_made_proved_and_put_back() {
    let folder = Folder::new();
    let (world, copy) = (folder.world(), folder.path("copy.db"));
    let made = words(&["backup", copy.to_str().unwrap(), "--database", &world, "--format", "json"]).json();
    let verified = words(&["journal", "verify", "--database", &format!("sqlite:{}?mode=ro", copy.display())]).done();
    assert!(verified.contains(made["head"].as_str().unwrap()), "{verified}");
    assert_eq!(
        fs::read_dir(copy.parent().unwrap())
            .unwrap()
            .filter(|entry| { entry.as_ref().unwrap().file_name().to_string_lossy().contains("part") })
            .count(),
        0
    );

    let (database, before) = (folder.path("world.db"), fs::read(&copy).unwrap());
    fs::write(&database, b"lost").unwrap();
    for beside in ["world.db-wal", "world.db-shm"] {
        let _ = fs::remove_file(folder.path(beside));
    }
    fs::copy(&copy, &database).unwrap();
    let again = words(&["journal", "verify", "--database", &world]).done();
    assert_eq!(again, verified);
    assert_eq!(fs::read(&copy).unwrap(), before);
}

#[test]
fn a_copy_never_replaces_a_file_and_needs_a_database() {
    let folder = Folder::new();
    let (world, taken) = (folder.world(), folder.file("mine.txt", "mine"));
    let error = words(&["backup", &taken, "--database", &world]).failed(3);
    assert!(error.contains("mine.txt") && error.contains("never replaces a file"), "{error}");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
    let absent = format!("sqlite:{}", folder.path("absent.db").display());
    let copy = folder.path("copy.db");
    words(&["backup", copy.to_str().unwrap(), "--database", &absent]).failed(3);
    assert!(!copy.exists());
}

#[test]
fn what_comes_round_is_listed() {
    let folder = Folder::new();
    let said = words(&["jobs", "--database", &folder.world()]).done();
    assert!(said.contains("backup: Copy the database, every day at 02:00"), "{said}");
    assert!(said.contains("only a server told a folder by --backup-to does it"), "{said}");
    assert!(
        said.contains("contacts: Ask every Party to look at its contacts, every 1 February or the next Working Day")
    );
}

#[test]
fn a_folder_for_copies_that_is_not_there_is_told_before_anything_begins() {
    let folder = Folder::new();
    let error = quorate(&format!(
        "serve --listen 127.0.0.1:0 --database {} --backup-to {}",
        folder.new_database(),
        folder.path("absent").display()
    ))
    .failed(3);
    assert!(error.contains("there is no such folder") && error.contains("--backup-to"), "{error}");
    assert!(!folder.path("new.db").exists());
}
