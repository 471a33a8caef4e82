const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${String(letter.codePointAt(0))};`);

const style = `
:root { color-scheme: light dark; --card: light-dark(#fff, #1e242e); --line: light-dark(#7d8898, #7b8698);
  --accent: light-dark(#0b5cad, #6cb2f5); --on-accent: light-dark(#fff, #0d1622); --problem: light-dark(#b3261e, #ff9d94); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#f2f4f7, #14181f); color: light-dark(#16191f, #e8ebf0); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 24rem; margin: 10vh auto; padding: 1.75rem 2rem; background: var(--card); border-radius: .75rem; }
@media (max-width: 26rem) { main { margin: 0; min-height: 100vh; border-radius: 0; } }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { width: 100%; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem; background: transparent; color: inherit; font: inherit; }
button { width: 100%; margin-top: 1.5rem; padding: .6rem; border: 0; border-radius: .4rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
p { margin: 0; color: light-dark(#545f70, #a7b0bf); }
[role=alert] { margin-top: 1rem; color: var(--problem); font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }`;

/** The contents of the form that replaces Cognito's managed login locally. */
export interface SignInForm {
  /** Parameters of the authorization request, which the form submits as hidden fields. */
  asked: Record<string, string>;
  /** The initial value of the address field: the `login_hint`, or the address whose sign-in was refused. */
  email?: string | undefined;
  refused?: boolean;
}

export const signInForm = ({ asked, email, refused = false }: SignInForm): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Sign in</title>
    <link rel="icon" href="data:," />
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>Sign in</h1>
      <p>to Roster on this computer</p>
      ${refused ? '<p role="alert">Incorrect email address or password.</p>' : ''}
      <form method="post" action="/oauth2/authorize">
        ${Object.entries(asked)
          .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}" />`)
          .join('')}
        <label for="username">Email address</label>
        <input id="username" name="username" type="email" autocomplete="username" required value="${escape(email ?? '')}" ${email === undefined ? 'autofocus' : ''} />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required ${email === undefined ? '' : 'autofocus'} />
        <button>Sign in</button>
      </form>
    </main>
  </body>
</html>`;
