//! A mail server that fails where it is told to, and keeps what it took.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Error, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use mail_parser::decoders::base64::base64_decode;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Who may sign in, where signing in is asked for.
pub(crate) const USER: &str = "quorate@relay.example";
pub(crate) const PASSWORD: &str = "p@ss wörd/1";

/// Where an exchange can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    Greeting,
    Hello,
    StartTls,
    Handshake,
    SignIn,
    Sender,
    Recipient,
    Data,
    /// While the message is on its way.
    Text,
    /// After the final dot: the message is kept unless the server says that it is not taken.
    Dot,
    Reset,
}

/// What the server does there instead of what it should.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Does {
    /// Answers this and goes on; after a 421 it hangs up.
    Says(&'static str),
    /// Hangs up.
    Drops,
    /// Says no more, until the other side hangs up.
    Hangs,
    /// Never comes to the end of its answer.
    Babbles,
    /// Answers as it should, one byte at a time.
    Crawls,
}

/// A message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) text: Vec<u8>,
}

/// What a server is told before it starts.
#[derive(Default)]
pub(crate) struct Script {
    faults: Mutex<Vec<(At, Does, usize)>>,
    tls: Option<Arc<ServerConfig>>,
    implicit: bool,
    sign_in: Option<&'static str>,
    plain: bool,
}

#[derive(Default)]
struct Shared {
    script: Script,
    taken: Mutex<Vec<Taken>>,
    said: Mutex<Vec<String>>,
    connections: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
}

/// A running server; its threads end when the other side hangs up.
pub(crate) struct Faulty {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

impl Script {
    /// The next `times` times that an exchange comes to `at`, the server does this.
    pub(crate) fn fault(self, at: At, does: Does, times: usize) -> Self {
        self.faults.lock().unwrap().push((at, does, times));
        self
    }

    pub(crate) fn always(self, at: At, does: Does) -> Self {
        self.fault(at, does, usize::MAX)
    }

    pub(crate) fn start_tls(self, tls: Arc<ServerConfig>) -> Self {
        Self { tls: Some(tls), ..self }
    }

    pub(crate) fn implicit_tls(self, tls: Arc<ServerConfig>) -> Self {
        Self { tls: Some(tls), implicit: true, ..self }
    }

    /// Asks for signing in, by these mechanisms.
    pub(crate) fn sign_in(self, mechanisms: &'static str) -> Self {
        Self { sign_in: Some(mechanisms), ..self }
    }

    /// Offers neither 8BITMIME nor SMTPUTF8.
    pub(crate) fn seven_bit(self) -> Self {
        Self { plain: true, ..self }
    }

    pub(crate) fn start(self) -> Faulty {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared { script: self, ..Shared::default() });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&serving);
                shared.connections.fetch_add(1, Ordering::SeqCst);
                shared.open.lock().unwrap().push(stream.try_clone().unwrap());
                thread::spawn(move || Session::run(&shared, stream));
            }
        });
        Faulty { address, shared }
    }

    fn next(&self, at: At) -> Option<Does> {
        let mut faults = self.faults.lock().unwrap();
        let fault = faults.iter_mut().find(|(where_, _, left)| *where_ == at && *left > 0)?;
        fault.2 -= 1;
        Some(fault.1)
    }
}

impl Faulty {
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }

    /// How often each Message-ID was taken.
    pub(crate) fn ids(&self) -> BTreeMap<String, usize> {
        let mut ids = BTreeMap::new();
        for taken in self.taken() {
            let message = mail_parser::MessageParser::default().parse(&taken.text).unwrap();
            *ids.entry(message.message_id().unwrap().to_owned()).or_default() += 1;
        }
        ids
    }

    /// What was said to the server, over all connections, without the messages.
    pub(crate) fn said(&self) -> Vec<String> {
        self.shared.said.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Hangs up on everybody, as servers do on connections that were idle for long.
    pub(crate) fn hang_up(&self) {
        for stream in self.shared.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

struct Session<'a> {
    shared: &'a Shared,
    wire: BufReader<Box<dyn Wire>>,
    encrypted: bool,
    from: String,
    to: Vec<String>,
}

fn over() -> Error {
    Error::from(ErrorKind::ConnectionAborted)
}

impl<'a> Session<'a> {
    fn run(shared: &'a Shared, stream: TcpStream) {
        let socket = stream.try_clone().unwrap();
        let wire: BufReader<Box<dyn Wire>> = BufReader::new(Box::new(stream));
        let mut session = Self { shared, wire, encrypted: false, from: String::new(), to: Vec::new() };
        let _ = session.converse(&socket);
        let _ = socket.shutdown(Shutdown::Both);
    }

    fn converse(&mut self, socket: &TcpStream) -> io::Result<()> {
        if self.shared.script.implicit {
            self.encrypt(socket)?;
        }
        if !self.answers(At::Greeting, "220 faulty.example ESMTP")? {
            return Err(over());
        }
        loop {
            let line = self.line()?;
            let words = line.to_ascii_uppercase();
            match words.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => self.hello()?,
                "STARTTLS" if self.answers(At::StartTls, "220 go ahead")? => self.encrypt(socket)?,
                "AUTH" => self.sign_in(&line)?,
                "MAIL" if self.answers(At::Sender, "250 2.1.0 sender ok")? => self.begin(&line),
                "RCPT" if self.answers(At::Recipient, "250 2.1.5 recipient ok")? => self.to.push(address(&line)),
                "DATA" if self.answers(At::Data, "354 go on")? => self.text()?,
                "RSET" => drop(self.answers(At::Reset, "250 forgotten")?),
                "QUIT" => return self.say("221 goodbye"),
                "STARTTLS" | "MAIL" | "RCPT" | "DATA" => {}
                _ => self.say("500 what?")?,
            }
        }
    }

    /// Gives the answer the exchange calls for, or does what the script says; whether it was the former.
    fn answers(&mut self, at: At, answer: &str) -> io::Result<bool> {
        let fault = self.shared.script.next(at);
        self.does(fault, answer)
    }

    fn does(&mut self, fault: Option<Does>, answer: &str) -> io::Result<bool> {
        match fault {
            None => self.say(answer).map(|()| true),
            Some(Does::Says(other)) => {
                self.say(other)?;
                if other.starts_with("421") { Err(over()) } else { Ok(other.starts_with(&answer[..1])) }
            }
            Some(Does::Drops) => Err(over()),
            Some(Does::Hangs) => self.wire.read_to_end(&mut Vec::new()).and(Err(over())),
            Some(Does::Babbles) => loop {
                self.say(&format!("{}-{}", &answer[..3], "and so on ".repeat(90)))?;
            },
            Some(Does::Crawls) => {
                let mut bytes = format!("{answer}\r\n").into_bytes().into_iter();
                bytes.try_for_each(|byte| self.write(&[byte])).map(|()| true)
            }
        }
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.write(format!("{line}\r\n").as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.wire.get_mut().write_all(bytes)?;
        self.wire.get_mut().flush()
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        if self.wire.read_until(b'\n', &mut line)? == 0 {
            return Err(over());
        }
        let line = String::from_utf8(line).map_err(|_| over())?.trim_end().to_owned();
        self.shared.said.lock().unwrap().push(line.clone());
        Ok(line)
    }

    fn hello(&mut self) -> io::Result<()> {
        let script = &self.shared.script;
        let mut lines = vec!["250-faulty.example".to_owned()];
        if script.tls.is_some() && !self.encrypted {
            lines.push("250-STARTTLS".to_owned());
        }
        if let Some(mechanisms) = script.sign_in {
            lines.push(format!("250-AUTH {mechanisms}"));
        }
        if !script.plain {
            lines.extend(["250-8BITMIME".to_owned(), "250-SMTPUTF8".to_owned()]);
        }
        lines.push("250 HELP".to_owned());
        self.answers(At::Hello, &lines.join("\r\n")).map(drop)
    }

    fn encrypt(&mut self, socket: &TcpStream) -> io::Result<()> {
        match self.shared.script.next(At::Handshake) {
            Some(Does::Says(junk)) => return self.say(junk).and(Err(over())),
            Some(Does::Hangs) => return self.wire.read_to_end(&mut Vec::new()).and(Err(over())),
            Some(_) => return Err(over()),
            None => {}
        }
        let tls = Arc::clone(self.shared.script.tls.as_ref().unwrap());
        let mut stream = StreamOwned::new(ServerConnection::new(tls).unwrap(), socket.try_clone()?);
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock)?;
        }
        self.wire = BufReader::new(Box::new(stream));
        self.encrypted = true;
        Ok(())
    }

    fn sign_in(&mut self, line: &str) -> io::Result<()> {
        let mut words = line.split(' ').skip(1);
        let ours = match (words.next(), words.next()) {
            (Some("PLAIN"), Some(given)) => decoded(given) == format!("\0{USER}\0{PASSWORD}"),
            (Some("LOGIN"), None) => {
                self.say("334 VXNlcm5hbWU6")?;
                let user = decoded(&self.line()?);
                self.say("334 UGFzc3dvcmQ6")?;
                user == USER && decoded(&self.line()?) == PASSWORD
            }
            _ => false,
        };
        let answer = if ours { "235 2.7.0 signed in" } else { "535 5.7.8 wrong user or password" };
        self.answers(At::SignIn, answer).map(drop)
    }

    fn begin(&mut self, line: &str) {
        self.from = address(line);
        self.to.clear();
    }

    fn text(&mut self) -> io::Result<()> {
        let mut text = Vec::new();
        let fault = self.shared.script.next(At::Text);
        loop {
            let mut line = Vec::new();
            if self.wire.read_until(b'\n', &mut line)? == 0 {
                return Err(over());
            }
            match fault {
                Some(Does::Hangs) => return self.wire.read_to_end(&mut Vec::new()).and(Err(over())),
                Some(_) => return Err(over()),
                None if line == b".\r\n" => break,
                None => text.extend(line.strip_prefix(b".").unwrap_or(&line)),
            }
        }
        let fault = self.shared.script.next(At::Dot);
        if !matches!(fault, Some(Does::Says(answer)) if answer.starts_with(['4', '5'])) {
            let taken = Taken { from: self.from.clone(), to: self.to.clone(), text };
            self.shared.taken.lock().unwrap().push(taken);
        }
        self.does(fault, "250 2.0.0 queued as 1").map(drop)
    }
}

/// What stands between the angle brackets.
fn address(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address.to_owned()).unwrap()
}

fn decoded(text: &str) -> String {
    String::from_utf8(base64_decode(text.as_bytes()).unwrap()).unwrap()
}
