// npm run latencies -- --listening
//
// Starts real servers on this machine, as far as it has them, and measures how long each takes until its port is open: the
// recorded cluster's programs were stand-ins, and nobody wrote down when they listened. What it prints goes by hand into
// src/containers/listening.ts; a machine that does other things meanwhile is what a node is.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deciles } from './deciles.ts'

interface Server {
  /** Programs that it cannot do without. */
  readonly needs: readonly string[]
  /** What is done before each start, and not measured. */
  readonly prepare?: (folder: string, port: number) => void
  readonly command: (folder: string, port: number) => readonly string[]
  readonly starts: number
  /** It refuses to run as root. */
  readonly asNobody?: boolean
}

const nobody = 65_534
const run = (argv: readonly string[], options: object = {}) => {
  const { status, stderr } = spawnSync(argv[0]!, argv.slice(1), options)
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
}

const goServer = `package main
import ("net/http"; "os")
func main() { http.ListenAndServe("127.0.0.1:"+os.Args[1], nil) }`
const javaServer = `import com.sun.net.httpserver.HttpServer; import java.net.InetSocketAddress;
public class Main { public static void main(String[] a) throws Exception {
  HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(a[0])), 0).start(); } }`
const nodeServer = "require('http').createServer().listen(+process.argv[1], '127.0.0.1')"
const nginxFile = (port: number) =>
  `pid nginx.pid; error_log stderr; events {} http { access_log off; server { listen 127.0.0.1:${port}; } }`
const apacheFile = (folder: string, port: number) => `ServerRoot /usr/lib/apache2
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
ServerName localhost
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/log
Listen 127.0.0.1:${port}
`
const initdb = (folder: string) => ['initdb', '-D', join(folder, 'data')]
const installMariadb = (folder: string) => [
  'mariadb-install-db',
  '--no-defaults',
  `--datadir=${folder}/data`,
  '--skip-test-db',
  '--auth-root-authentication-method=normal',
]
const postgres = (folder: string, port: number) => [
  'postgres',
  '-D',
  join(folder, 'data'),
  '-h',
  '127.0.0.1',
  '-k',
  folder,
  '-p',
  String(port),
]
const mariadb = (folder: string, port: number) => [
  'mariadbd',
  '--no-defaults',
  `--datadir=${folder}/data`,
  '--bind-address=127.0.0.1',
  `--port=${port}`,
  `--socket=${folder}/socket`,
  `--pid-file=${folder}/pid`,
]
const inOne = (...commands: (readonly string[])[]) => [
  'sh',
  '-c',
  commands
    .map((c, i) => (i < commands.length - 1 ? `${c.join(' ')} >/dev/null 2>&1` : `exec ${c.join(' ')}`))
    .join(' && '),
]

const servers: Readonly<Record<string, Server>> = {
  go: {
    needs: ['go'],
    starts: 60,
    command: (folder, port) => [join(folder, '..', 'go-server'), String(port)],
  },
  nginx: {
    needs: ['nginx'],
    starts: 60,
    prepare: (folder, port) => writeFileSync(join(folder, 'nginx.conf'), nginxFile(port)),
    command: folder => ['nginx', '-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'],
  },
  httpd: {
    needs: ['apache2'],
    starts: 60,
    prepare: (folder, port) => writeFileSync(join(folder, 'httpd.conf'), apacheFile(folder, port)),
    command: folder => ['apache2', '-D', 'FOREGROUND', '-f', join(folder, 'httpd.conf')],
  },
  redis: {
    needs: ['redis-server'],
    starts: 60,
    command: (folder, port) => ['redis-server', '--port', String(port), '--dir', folder, '--save', ''],
  },
  busybox: {
    needs: ['busybox'],
    starts: 60,
    command: (_, port) => ['busybox', 'httpd', '-f', '-p', `127.0.0.1:${port}`],
  },
  memcached: {
    needs: ['memcached'],
    starts: 60,
    command: (_, port) => ['memcached', '-l', '127.0.0.1', '-p', String(port), '-u', 'nobody'],
  },
  python: {
    needs: ['python3'],
    starts: 40,
    command: (_, port) => ['python3', '-m', 'http.server', String(port), '--bind', '127.0.0.1'],
  },
  node: { needs: ['node'], starts: 40, command: (_, port) => ['node', '-e', nodeServer, String(port)] },
  java: {
    needs: ['java', 'javac'],
    starts: 30,
    command: (folder, port) => ['java', '-cp', join(folder, '..'), 'Main', String(port)],
  },
  postgres: {
    needs: ['postgres', 'initdb'],
    starts: 15,
    asNobody: true,
    prepare: folder => run(initdb(folder), { uid: nobody, gid: nobody }),
    command: postgres,
  },
  postgresFirst: {
    needs: ['postgres', 'initdb'],
    starts: 15,
    asNobody: true,
    command: (folder, port) => inOne(initdb(folder), postgres(folder, port)),
  },
  mariadb: {
    needs: ['mariadbd', 'mariadb-install-db'],
    starts: 15,
    asNobody: true,
    prepare: folder => run(installMariadb(folder), { uid: nobody, gid: nobody }),
    command: mariadb,
  },
  mariadbFirst: {
    needs: ['mariadbd', 'mariadb-install-db'],
    starts: 10,
    asNobody: true,
    command: (folder, port) => inOne(installMariadb(folder), mariadb(folder, port)),
  },
}

const isThere = (program: string) => spawnSync('which', [program]).status === 0

const isOpen = (port: number) =>
  new Promise<boolean>(answer => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
    socket.once('connect', () => socket.destroy())
  })

/** ms from the start of a server to its open port. */
async function start(server: Server, folder: string, port: number): Promise<number> {
  server.prepare?.(folder, port)
  const [program = '', ...args] = server.command(folder, port)
  const owner = server.asNobody && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
  const began = performance.now()
  const child = spawn(program, args, { stdio: 'ignore', detached: true, cwd: folder, ...owner })
  const ended = new Promise(settle => child.once('exit', settle))
  let over = false
  void ended.then(() => (over = true))
  try {
    while (!(await isOpen(port))) {
      if (over) throw new Error(`${program} has ended`)
      await sleep(0.2)
    }
    return performance.now() - began
  } finally {
    if (!over) process.kill(-child.pid!, 'SIGKILL')
    await ended
  }
}

/** What each server took in ms, in the order of the starts; those that are not on this machine are named. */
export async function measureListening(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'listening-'))
  chmodSync(folder, 0o777)
  let port = 21_000
  try {
    if (isThere('go')) {
      writeFileSync(join(folder, 'main.go'), goServer)
      run(['go', 'build', '-o', join(folder, 'go-server'), join(folder, 'main.go')], {
        env: { ...process.env, CGO_ENABLED: '0' },
      })
    }
    if (isThere('javac')) {
      writeFileSync(join(folder, 'Main.java'), javaServer)
      run(['javac', '-d', folder, join(folder, 'Main.java')])
    }
    for (const [name, server] of Object.entries(servers)) {
      const missing = server.needs.filter(program => !isThere(program))
      if (missing.length > 0) {
        console.log(`${name.padEnd(14)} not measured: ${missing.join(', ')} is not on this machine`)
        continue
      }
      const samples: number[] = []
      for (let i = 0; i < server.starts; i++) {
        const own = mkdtempSync(join(folder, `${name}-`))
        chmodSync(own, 0o777)
        samples.push(await start(server, own, port++))
        rmSync(own, { recursive: true, force: true })
      }
      console.log(`${name.padEnd(14)} ${String(samples.length).padStart(4)}  ${deciles(samples).join(', ')}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
