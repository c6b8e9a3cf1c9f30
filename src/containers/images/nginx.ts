// nginx: serves /usr/share/nginx/html on port 80 and writes its access log to stdout. Under every tag it is 1.26.
import { formatTime } from '../../engine/engine.ts'
import { FileError } from '../../engine/files.ts'
import type { HttpHandler } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { curlProgram } from './curl.ts'
import { answer, httpDate, logDate, untilSignal } from './http.ts'
import type { Image } from './image.ts'

const root = '/usr/share/nginx/html'
export const nginxVersion = '1.26.3'

const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

/** As the image has them. That they are changed is not heeded: what is served stays. */
const mainConfiguration = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /var/run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

const defaultServer = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    location / {
        root   ${root};
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   ${root};
    }
}
`

const page = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${nginxVersion}</center>\r\n</body>\r\n</html>\r\n`

const serve = (process: Process): HttpHandler =>
  function* (request) {
    const { engine, files, stdout } = process
    const path = request.path.split('?')[0]!
    let status = 200
    let body = ''
    try {
      body = files.read(`${root}${path.endsWith('/') ? `${path}index.html` : path}`)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      status = error.code === 'EISDIR' ? 301 : path.endsWith('/') && files.exists(root + path) ? 403 : 404
      body = page({ 301: '301 Moved Permanently', 403: '403 Forbidden', 404: '404 Not Found' }[status]!)
      if (status !== 301) process.stderr.write(errorLine(process, status, path, request.from.address))
    }
    const {
      host: _,
      'user-agent': agent = '-',
      referer = '-',
      'x-forwarded-for': forwarded = '-',
    } = request.headers
    stdout.write(
      `${request.from.address} - - [${logDate(engine.now)}] "${request.method} ${request.path} HTTP/1.1" ${status} ${body.length} "${referer}" "${agent}" "${forwarded}"\n`,
    )
    const type = status === 200 && !/\.(html?)$|\/$/.test(path) ? 'text/plain' : 'text/html'
    const headers = { server: `nginx/${nginxVersion}`, date: httpDate(engine.now), 'content-type': type }
    return answer(status, request.method === 'HEAD' ? '' : body, headers)
  }

function errorLine({ engine }: Process, status: number, path: string, client: string): string {
  const what =
    status === 403
      ? `directory index of "${root}${path}" is forbidden`
      : `open() "${root}${path}" failed (2: No such file or directory)`
  return `${errorTime(engine.now)} [error] 7#7: *1 ${what}, client: ${client}, server: localhost, request: "GET ${path} HTTP/1.1"\n`
}

/** `2026/11/23 09:30:00` */
const errorTime = (ms: number): string => formatTime(ms).slice(0, 19).replace('T', ' ').replaceAll('-', '/')

const configuration = '/etc/nginx/nginx.conf'

/** `-v`, `-t` and `-s SIGNAL`: what a second nginx says beside the one that serves; undefined where it is to serve. */
function asked({ argv, engine, files, kill, pid, stderr }: Process): number | undefined {
  if (argv.includes('-v') || argv.includes('-V')) {
    stderr.write(`nginx version: nginx/${nginxVersion}\n`)
    return 0
  }
  const at = argv.indexOf('-s')
  const test = argv.includes('-t')
  if (!test && at < 0) return undefined
  if (!files.exists(configuration)) {
    stderr.write(`nginx: [emerg] open() "${configuration}" failed (2: No such file or directory)\n`)
    if (test) stderr.write(`nginx: configuration file ${configuration} test failed\n`)
    return 1
  }
  if (test) {
    stderr.write(
      `nginx: the configuration file ${configuration} syntax is ok\nnginx: configuration file ${configuration} test is successful\n`,
    )
    return 0
  }
  const signal = argv[at + 1] ?? ''
  if (!['stop', 'quit', 'reload', 'reopen'].includes(signal)) {
    stderr.write(`nginx: invalid option: "-s ${signal}"\n`)
    return 1
  }
  stderr.write(`${errorTime(engine.now)} [notice] ${pid}#${pid}: signal process started\n`)
  if (signal === 'stop' || signal === 'quit') kill?.(1, 'SIGTERM')
  return 0
}

const run: Program = function* (process) {
  const answered = asked(process)
  if (answered !== undefined) return answered
  const { engine, network, stderr } = process
  const note = (who: number, text: string) =>
    stderr.write(`${errorTime(engine.now)} [notice] ${who}#${who}: ${text}\n`)
  const listener = network.listen(80, serve(process))
  if (!listener) {
    stderr.write(
      `${errorTime(engine.now)} [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)\n`,
    )
    return 1
  }
  for (const text of [
    'using the "epoll" event method',
    `nginx/${nginxVersion}`,
    'OS: Linux 6.18.44',
    'getrlimit(RLIMIT_NOFILE): 20000:20000',
    'start worker processes',
    'start worker process 7',
    'start worker process 8',
  ])
    note(1, text)
  const code = yield* untilSignal(0, [listener])
  note(1, 'signal 15 (SIGTERM) received, exiting')
  for (const what of ['exiting', 'exit']) for (const worker of [8, 7]) note(worker, what)
  note(1, 'signal 17 (SIGCHLD) received from 7')
  for (const worker of [7, 8]) note(1, `worker process ${worker} exited with code 0`)
  note(1, 'exit')
  return code
}

const size = 22_301_844
export const nginx: Image = {
  repository: 'nginx',
  tags: {
    latest: size,
    '1.10.1': 22_301_795,
    '1.25': 22_301_842,
    '1.26': 22_301_842,
    '1.27': 22_301_842,
    '1.28': 22_301_842,
    stable: size,
    alpine: size,
  },
  programs: {
    '/usr/sbin/nginx': { run, handlesSignals: true },
    ...curlProgram('/usr/bin/curl'),
  },
  entrypoint: ['/usr/sbin/nginx'],
  cmd: ['-g', 'daemon off;'],
  env: { NGINX_VERSION: nginxVersion },
  ports: [80],
  files: {
    [`${root}/index.html`]: welcome,
    [configuration]: mainConfiguration,
    '/etc/nginx/conf.d/default.conf': defaultServer,
    '/etc/os-release':
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  },
  shell: 'gnu',
}
