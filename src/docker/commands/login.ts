// docker login: asks a registry whether user and password belong together, and keeps them in the client's configuration
// (cli/command/registry/login.go). Docker Hub's way by a browser is not here: the client says so and asks for a password.
import type { Login } from '../../containers/registry-accounts.ts'
import { LineReader, readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { atMost, type Command, type Context } from '../command.ts'
import { DockerError } from '../errors.ts'
import { ConfigFile, hubServer, serverOf } from '../images/config-file.ts'
import { signIn } from '../images/registry-client.ts'

const invitation = `Failed to start web-based login - falling back to command line login...

Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com/ to create one.
You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/

`
const tokenNote = [
  'A Personal Access Token (PAT) can be used instead.',
  'To create a PAT, visit https://app.docker.com/settings',
]
const otherAccountNote = ["To login with a different account, run 'docker logout' followed by 'docker login'"]

/** A remark of the client, with an arrow where a terminal can show one. */
function note({ terminal }: Process, lines: readonly string[]): string {
  const [head, indent] = terminal ? ['i Info → ', 9] : [' Info -> ', 9]
  return `\n${head}${lines.join(`\n${' '.repeat(indent)}`)}\n\n\n`
}

/** The host that a server's name means: `https://harbor.example.com/` and `harbor.example.com` are one. */
function hostOf(server: string | undefined): string {
  if (!server) return 'docker.io'
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return /^(index\.|registry-1\.)?docker\.io$/.test(host) ? 'docker.io' : host
}

function* asked({ process, flags }: Context, isHub: boolean, known: string): Task<Login> {
  const { stdout, stdin, terminal } = process
  if (!terminal) throw new DockerError('Error: Cannot perform an interactive login from a non TTY device')
  const lines = new LineReader(stdin)
  let user = flags.text('username')
  if (!user) {
    if (isHub) stdout.write(invitation)
    stdout.write(known ? `Username (${known}): ` : 'Username: ')
    user = (yield* lines.line())?.trim() || known
    if (!user) throw new DockerError('Error: Non-null Username Required')
  }
  if (isHub) stdout.write(note(process, tokenNote))
  stdout.write('Password: ')
  process.echo?.(false)
  let password: string
  try {
    password = (yield* lines.line()) ?? ''
  } finally {
    process.echo?.(true)
  }
  stdout.write('\n')
  if (!password) throw new DockerError('Error: Password Required')
  return { user, password }
}

export const login: Command = {
  names: ['login'],
  usage: '[OPTIONS] [SERVER]',
  arguments: atMost(1),
  flags: 'password,p:string password-stdin username,u:string',
  *run(context) {
    const { process, daemon, flags, config, args } = context
    const { stdout, stderr, stdin } = process
    const host = hostOf(args[0])
    const server = serverOf(host)
    const file = new ConfigFile(process.files, config)
    if (flags.given('password') && flags.is('password-stdin'))
      throw new DockerError('conflicting options: cannot specify both --password and --password-stdin')
    if (flags.is('password-stdin') && !flags.text('username'))
      throw new DockerError('the --password-stdin option requires --username to be set')
    if (flags.given('password'))
      stderr.write('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n')
    const known = file.login(server)
    let login: Login
    if (flags.is('password-stdin'))
      login = { user: flags.text('username'), password: (yield* readAll(stdin)).replace(/\r?\n$/, '') }
    else if (flags.given('password')) {
      if (!flags.text('username'))
        throw new DockerError('Error: Cannot perform an interactive login from a non TTY device')
      login = { user: flags.text('username'), password: flags.text('password') }
    } else if (known && !flags.text('username')) {
      stderr.write(
        `Authenticating with existing credentials... [Username: ${known.user}]\n${note(process, otherAccountNote)}`,
      )
      login = known
    } else login = yield* asked(context, server === hubServer, known?.user ?? '')
    yield* daemon.call(process, '/auth', 'POST')
    yield* signIn(daemon, host, login)
    if (file.setLogin(server, login))
      stderr.write(
        `\nWARNING! Your credentials are stored unencrypted in '${file.path}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
      )
    stdout.write('Login Succeeded\n')
    return 0
  },
}

export const logout: Command = {
  names: ['logout'],
  usage: '[SERVER]',
  arguments: atMost(1),
  flags: '',
  local: true,
  *run({ process, config, args }) {
    const server = serverOf(hostOf(args[0]))
    process.stdout.write(`Removing login credentials for ${server}\n`)
    new ConfigFile(process.files, config).removeLogin(server)
    return 0
  },
}
