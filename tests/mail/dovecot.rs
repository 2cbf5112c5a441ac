//! A real mailbox (Debian's dovecot-imapd) in a folder of its own, ended with the test.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use tempfile::TempDir;

use super::certificate::Certificate;
use super::faulty::{PASSWORD, USER};

/// A real mailbox on this machine.
pub(crate) struct Dovecot {
    pub(crate) imap: u16,
    pub(crate) imaps: u16,
    child: Child,
    folder: TempDir,
}

impl Dovecot {
    pub(crate) fn start(certificate: &Certificate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for below in ["", "mail", "mail/new", "mail/cur", "mail/tmp"] {
            let path = folder.path().join(below);
            fs::create_dir_all(&path).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o777)).unwrap();
        }
        let [imap, imaps] = free_ports();
        let configuration = configure(folder.path(), certificate, [imap, imaps]);
        let mut command = Command::new("/usr/sbin/dovecot");
        command.arg("-F").arg("-c").arg(configuration).stderr(Stdio::piped());
        let mut child = command.spawn().expect("dovecot is needed: sudo apt-get install dovecot-imapd");
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("starting up") {
            assert!(log.read_line(&mut said).unwrap() > 0, "dovecot did not start: {said}");
        }
        thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Self { imap, imaps, child, folder }
    }

    /// A message arrives; `name` says its place among the others.
    pub(crate) fn deliver(&self, name: &str, message: &[u8]) {
        self.write(&format!("mail/new/{name}.test"), message);
    }

    /// A message that somebody has read already.
    pub(crate) fn deliver_read(&self, name: &str, message: &[u8]) {
        self.write(&format!("mail/cur/{name}.test:2,S"), message);
    }

    fn write(&self, name: &str, message: &[u8]) {
        let path = self.folder.path().join(name);
        fs::write(&path, message).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    }

    /// How many messages a folder holds.
    pub(crate) fn count(&self, folder: &str) -> usize {
        let mail = self.folder.path().join("mail").join(folder);
        let files = |below: &str| fs::read_dir(mail.join(below)).map_or(0, Iterator::count);
        files("new") + files("cur")
    }
}

impl Drop for Dovecot {
    /// By a signal that it hands on to its processes.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Who runs this test: dovecot runs as the same, or as its own users when root starts it.
fn whoami() -> (String, String) {
    let id = |what: &str| {
        let output = Command::new("id").arg(what).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    (id("-un"), id("-gn"))
}

fn configure(folder: &Path, certificate: &Certificate, [imap, imaps]: [u16; 2]) -> PathBuf {
    let path = folder.display();
    let (user, group) = whoami();
    let (users, owner) = match user.as_str() {
        "root" => (String::new(), "nobody:nogroup".to_owned()),
        _ => (
            format!(
                "default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n\
                 service anvil {{\n  chroot =\n}}\n"
            ),
            format!("{user}:{group}"),
        ),
    };
    let [uid, gid] = owner.split(':').collect::<Vec<_>>().try_into().unwrap();
    fs::write(folder.join("certificate.pem"), certificate.pem()).unwrap();
    fs::write(folder.join("key.pem"), certificate.key_pem()).unwrap();
    fs::write(folder.join("users"), format!("{USER}:{{PLAIN}}{PASSWORD}\n")).unwrap();
    fs::set_permissions(folder.join("users"), Permissions::from_mode(0o644)).unwrap();
    let text = format!(
        "base_dir = {path}/run\nstate_dir = {path}/run\nlog_path = /dev/stderr\nprotocols = imap\nlisten = 127.0.0.1\n\
         ssl = required\nssl_cert = <{path}/certificate.pem\nssl_key = <{path}/key.pem\n\
         auth_mechanisms = plain\nauth_failure_delay = 0\nfirst_valid_uid = 1\nmail_location = maildir:{path}/mail\n\
         passdb {{\n  driver = passwd-file\n  args = {path}/users\n}}\n\
         userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={path}/mail\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {imap}\n  }}\n\
         inet_listener imaps {{\n    port = {imaps}\n  }}\n}}\n{users}"
    );
    let file = folder.join("dovecot.conf");
    fs::write(&file, text).unwrap();
    file
}
