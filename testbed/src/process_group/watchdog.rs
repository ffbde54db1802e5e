//! The shell that ends a process group when this program is killed.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Kills a process group when this program dies without having stopped it: nothing runs destructors
/// after SIGKILL, or in a test program that is ended by Ctrl-C.
///
/// It is a shell that waits for the end of its standard input, whose other end only this program
/// holds.
pub(crate) struct Watchdog(Child);

impl Watchdog {
    /// Watches over the process group `group`.
    pub(crate) fn over(group: u32) -> io::Result<Self> {
        Command::new("sh")
            .args([
                "-c",
                r#"read -r _; kill -s KILL -- "-$1""#,
                "sh",
                &group.to_string(),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in a terminal must not end the watchdog before its work.
            .process_group(0)
            .spawn()
            .map(Self)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // Killed before its input closes, or it would aim at a group that is no longer ours.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
impl Watchdog {
    /// This program's end of the shell's standard input.
    pub(crate) fn input(&mut self) -> Option<std::process::ChildStdin> {
        self.0.stdin.take()
    }
}
