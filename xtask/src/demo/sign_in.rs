//! The sign-in, and the command line that a user gets after it.

use anyhow::{Context, Result, bail};
use azat_testbed::{Stack, Token};

/// What stands before the token in the command line, and after it.
const TOKEN_BEFORE: &str = "Authorization: Bearer ";
const TOKEN_AFTER: char = '"';

/// The command line of a user who has signed in.
pub(crate) struct SignIn {
    /// For bash, as the origin gave it.
    command_line: Token,
    /// The AZAT in it.
    pub(crate) azat: Token,
}

impl SignIn {
    /// Signs the stack's user in, and asks for a manifest of everything they may read.
    ///
    /// # Errors
    /// When either is refused, or the answer is not Azul's.
    pub(crate) fn run(stack: &Stack) -> Result<Self> {
        let access_token = stack.sign_in().context("could not sign in")?;
        let catalog = stack.library().catalog();
        let url = format!(
            "{}/fetch/manifest/files?catalog={catalog}&format=curl",
            stack.edge_url()
        );
        let answer = stack.curl(&["--request", "PUT", "--header", &access_token.header(), &url])?;
        if answer.status != 200 {
            bail!("asking for a manifest was answered with {}", answer.status);
        }
        let answer = answer.json()?;
        let bash = answer["CommandLine"]["bash"]
            .as_str()
            .context("the manifest came without a command line")?;
        let azat = token_in(bash).context("the command line came without a token")?;
        Ok(Self {
            command_line: Token::new(bash),
            azat: stack.token(azat),
        })
    }

    /// The command line, to be run.
    pub(crate) fn command_line(&self) -> &str {
        self.command_line.reveal()
    }

    /// The command line, to be shown.
    pub(crate) fn shown(&self) -> String {
        self.command_line
            .reveal()
            .replace(self.azat.reveal(), "$AZAT")
    }
}

fn token_in(command_line: &str) -> Option<&str> {
    let (_, after) = command_line.split_once(TOKEN_BEFORE)?;
    let (token, _) = after.split_once(TOKEN_AFTER)?;
    Some(token)
}

#[cfg(test)]
mod tests;
