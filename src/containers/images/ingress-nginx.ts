// ingress-nginx: the controller (it watches Ingresses through the API, routes what comes to ports 80 and 443, writes its
// access log and the addresses into the Ingresses' status) and the two jobs that make its webhook's certificate.
// Left out: the webhook's verdicts, its configuration by ConfigMap, annotations beyond redirects, rewrites and regular
// expressions, leader election (all replicas write the same status).
import { Client } from '../../api/client.ts'
import { isNotFound } from '../../api/errors.ts'
import { EventRecorder } from '../../api/events.ts'
import { Informers } from '../../api/informer.ts'
import type { ApiServer } from '../../api/types.ts'
import { formatTime } from '../../engine/engine.ts'
import { byTls, type HttpHandler, type HttpResponse, type ServerCertificate } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { equal } from '../../kinds/machinery/equality.ts'
import type { Ingress, IngressServiceBackend, Secret } from '../../kinds/schema/types.ts'
import { startUp } from '../listening.ts'
import { answer, httpDate, logDate, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'
import {
  type Chosen,
  chooseCertificate,
  fakeCertificate,
  securedHosts,
  warningsOf,
} from './ingress-certificates.ts'
import { annotation, hasServer, matchRequest } from './ingress-routes.ts'

const watched = ['services', 'secrets', 'endpointslices.discovery.k8s.io', 'ingressclasses.networking.k8s.io']
/** The interval of status.go, and proxy-connect-timeout as documented. */
const statusMs = 60_000
const connectMs = 5000
/** Where the controller itself answers what no rule fits. */
const ownDefault = '127.0.0.1:8181'
const texts: Record<number, string> = {
  308: 'Permanent Redirect',
  404: 'Not Found',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}
const page = (status: number): string =>
  `<html>\r\n<head><title>${status} ${texts[status]}</title></head>\r\n<body>\r\n<center><h1>${status} ${texts[status]}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`

const controller =
  (api: ApiServer, release: string): Program =>
  process =>
    new Controller(api, process).run(release)

class Controller {
  readonly #process: Process
  readonly #client: Client
  readonly #informers: Informers
  readonly #class: string
  readonly #flags = new Map<string, string>()
  #requests = 0

  constructor(api: ApiServer, process: Process) {
    this.#process = process
    for (const arg of process.argv.slice(1)) {
      const [, name = '', value = 'true'] = /^--([^=]+)(?:=(.*))?$/.exec(arg) ?? []
      this.#flags.set(name, value)
    }
    this.#class = this.#flags.get('controller-class') ?? 'k8s.io/ingress-nginx'
    this.#client = new Client(api, 'nginx-ingress-controller')
    this.#informers = new Informers(process.engine, this.#client)
  }

  *run(release: string): Task<number> {
    const { engine, network, stderr, hostname, env } = this.#process
    const line = '-'.repeat(79)
    stderr.write(
      `${line}\nNGINX Ingress controller\n  Release:       ${release}\n  Repository:    https://github.com/kubernetes/ingress-nginx\n\n${line}\n\n`,
    )
    const namespace = env.get('POD_NAMESPACE') ?? 'ingress-nginx'
    const recorder = new EventRecorder(engine, this.#client, { component: 'nginx-ingress-controller' })
    const about = { kind: 'Pod', namespace, name: env.get('POD_NAME') ?? hostname, apiVersion: 'v1' }
    const fake = fakeCertificate(engine.now)
    const shown = (name: string | undefined): ServerCertificate => this.#certificate(name) ?? fake
    yield* startUp(this.#process, 'go')
    const listeners = [
      network.listen(80, this.#handler(80)),
      network.listen(443, byTls(this.#handler(443), shown)),
    ]
    if (listeners.some(l => !l)) {
      stderr.write('F controller.go:231] Port 80 is already in use. Please check the flag --http-port\n')
      return 255
    }
    const healthy: HttpHandler = function* () {
      return answer(200, 'ok')
    }
    listeners.push(network.listen(8443, byTls(healthy)), network.listen(10254, healthy))
    const warn = (ingress: Ingress): void => {
      for (const host of securedHosts(ingress))
        for (const [line, text] of warningsOf(this.#choose(host), host, engine.now))
          stderr.write(`${klogHead('W', engine.now)} controller.go:${line}] ${text}\n`)
    }
    const sync = (ingress: Ingress): void => {
      recorder.event(ingress, 'Normal', 'Sync', 'Scheduled for sync')
      warn(ingress)
    }
    for (const name of watched) this.#informers.of(name)
    const begun = engine.now
    const useSecret = ({ metadata }: Secret): void => {
      if (engine.now === begun) return // those that were there; each Ingress speaks for its own
      for (const ingress of this.#ingresses)
        if (
          ingress.metadata.namespace === metadata.namespace &&
          ingress.spec.tls?.some(({ secretName }) => secretName === metadata.name)
        )
          warn(ingress)
    }
    const unwatched = this.#informers
      .of('secrets')
      .handle({ add: useSecret, update: (_, secret) => useSecret(secret) })
    const stopped = this.#informers.of('ingresses.networking.k8s.io').handle({
      add: ingress => this.#isMine(ingress) && sync(ingress),
      update: (old, ingress) => {
        if (
          this.#isMine(ingress) &&
          (old.spec !== ingress.spec || !equal(old.metadata.annotations, ingress.metadata.annotations))
        )
          sync(ingress)
      },
    })
    recorder.event(about, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration')
    let timer = engine.after(1000, () => beat(), { background: true })
    const beat = () => {
      timer = engine.after(statusMs, beat, { background: true })
      this.#writeStatus(namespace)
    }
    try {
      return yield* untilSignal(0, listeners)
    } finally {
      timer.cancel()
      stopped()
      unwatched()
      this.#informers.stop()
    }
  }

  get #ingresses(): Ingress[] {
    return this.#informers
      .of('ingresses.networking.k8s.io')
      .list()
      .filter(i => this.#isMine(i))
      .sort((a, b) => (age(a) < age(b) ? -1 : 1))
  }

  #isMine({ spec, metadata }: Ingress): boolean {
    const name = spec.ingressClassName
    if (!name) {
      const named = metadata.annotations?.['kubernetes.io/ingress.class']
      return named !== undefined
        ? named === (this.#flags.get('ingress-class') ?? 'nginx')
        : this.#flags.get('watch-ingress-without-class') === 'true'
    }
    const found = this.#informers.of('ingressclasses.networking.k8s.io').get(name)
    return found?.spec?.controller === this.#class
  }

  #choose(host: string): Chosen {
    return chooseCertificate(this.#ingresses, host, (namespace, name) =>
      this.#informers.of('secrets').find(namespace, name),
    )
  }

  /** By the exact name, then by a host with a star. */
  #certificate(serverName: string | undefined): ServerCertificate | undefined {
    if (!serverName) return undefined
    const name = serverName.toLowerCase()
    return this.#choose(name).certificate ?? this.#choose(name.replace(/^[^.]*/, '*')).certificate
  }

  #handler(port: number): HttpHandler {
    const controller = this
    return function* (request) {
      const { engine, network, stdout } = controller.#process
      const { headers, method, path, from } = request
      const host = headers.host ?? ''
      const begun = engine.now
      const match = matchRequest(controller.#ingresses, host, path)
      const id = engine.random.hex(32)
      let called = ''
      let name = ''
      let response: HttpResponse = plain(404)
      if (match && port === 80 && redirects(match.ingress, match.tls)) {
        const location = `https://${host.replace(/:\d+$/, '')}${path}`
        response = { ...plain(308), headers: { ...plain(308).headers, location } }
      } else if (match) {
        const { namespace = '' } = match.ingress.metadata
        const { service } = match.backend
        name = service ? `${namespace}-${service.name}-${service.port.number ?? service.port.name}` : ''
        const endpoints = service ? controller.#endpoints(namespace, service) : []
        const chosen = endpoints[controller.#requests++ % Math.max(1, endpoints.length)]
        if (!chosen) response = plain(503)
        else {
          called = `${chosen.address}:${chosen.port}`
          const scheme = port === 443 ? 'https' : 'http'
          const forwarded = {
            ...headers,
            'x-request-id': id,
            'x-real-ip': from.address,
            'x-forwarded-for': from.address,
            'x-forwarded-host': host,
            'x-forwarded-port': String(port),
            'x-forwarded-proto': scheme,
            'x-forwarded-scheme': scheme,
            'x-scheme': scheme,
          }
          const got = yield* network.http(
            { host: chosen.address, port: chosen.port },
            { method, path: match.path, headers: forwarded, body: request.body },
            connectMs,
          )
          response = got.ok ? got.value : plain(got.error.type === 'timeout' ? 504 : 502)
        }
      } else {
        name = 'upstream-default-backend'
        called = ownDefault
      }
      const took = ((engine.now - begun) / 1000).toFixed(3)
      const length =
        method.length +
        path.length +
        12 +
        Object.entries(headers).reduce((n, [k, v]) => n + k.length + v.length + 4, 0)
      const agent = headers['user-agent'] ?? '-'
      const proxied = called ? `${called} ${response.body.length} ${took} ${response.status}` : '- - - -'
      // What the nameless server leaves to the default backend is not logged (enable-access-log-for-default-backend: false).
      if (match || hasServer(controller.#ingresses, host))
        stdout.write(
          `${from.address} - - [${logDate(engine.now)}] "${method} ${path} HTTP/1.1" ${response.status} ${response.body.length} "${headers.referer ?? '-'}" "${agent}" ${length} ${took} [${name}] [] ${proxied} ${id}\n`,
        )
      const { server: _, ...rest } = response.headers
      return { ...response, headers: { date: httpDate(engine.now), ...rest } }
    }
  }

  /** nginx goes to the pods itself, past the service's address. */
  #endpoints(namespace: string, service: IngressServiceBackend): { address: string; port: number }[] {
    const found = this.#informers.of('services').find(namespace, service.name)
    const wanted = service.port.number
    const port = found?.spec.ports?.find(p => (wanted ? p.port === wanted : p.name === service.port.name))
    if (!found || !port) return []
    if (found.spec.type === 'ExternalName') return [{ address: found.spec.externalName!, port: port.port }]
    const list: { address: string; port: number }[] = []
    for (const slice of this.#informers.of('endpointslices.discovery.k8s.io').list(namespace)) {
      if (slice.metadata.labels?.['kubernetes.io/service-name'] !== service.name) continue
      const target = slice.ports?.find(p => (p.name ?? '') === (port.name ?? ''))?.port
      for (const { addresses, conditions } of slice.endpoints ?? [])
        if (target && conditions?.ready !== false)
          for (const address of addresses) list.push({ address, port: target })
    }
    return list
  }

  /** ADDRESS of `kubectl get ingress`: the published service's, or the nodes that controllers run on. */
  #writeStatus(namespace: string): void {
    const addresses = this.#addresses(namespace)
    const ingresses = this.#client.resource('ingresses.networking.k8s.io')
    for (const ingress of this.#ingresses) {
      const current = ingress.status?.loadBalancer?.ingress ?? []
      if (equal(current, addresses)) continue
      try {
        ingresses.updateStatus({
          ...ingress,
          status: { loadBalancer: addresses.length ? { ingress: addresses } : {} },
        })
      } catch (error) {
        if (!isNotFound(error)) continue // the next round comes
      }
    }
  }

  #addresses(namespace: string): { ip: string }[] {
    const published = this.#flags.get('publish-service')
    if (published) {
      const [space = namespace, name = ''] = published.includes('/')
        ? published.split('/')
        : [namespace, published]
      const service = this.#informers.of('services').find(space, name)
      if (!service) return []
      const { type, clusterIP, externalIPs = [] } = service.spec
      if (type === 'LoadBalancer')
        return [
          ...(service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [{ ip }] : [])),
          ...externalIPs.map(ip => ({ ip })),
        ]
      return (externalIPs.length ? externalIPs : [clusterIP!]).map(ip => ({ ip }))
    }
    const own = this.#client
      .resource('pods')
      .find(namespace, this.#process.env.get('POD_NAME') ?? this.#process.hostname)
    if (!own) return []
    const selector = Object.entries(own.metadata.labels ?? {})
      .filter(([key]) => key.startsWith('app.kubernetes.io/'))
      .map(([key, value]) => `${key}=${value}`)
      .join(',')
    const pods = this.#client.resource('pods').list({ namespace, labelSelector: selector })
    const ips = pods.filter(p => p.status?.phase === 'Running').map(p => p.status.hostIP as string)
    return [...new Set(ips)].sort().map(ip => ({ ip }))
  }
}

/** `W1123 09:30:00.000000       7`, as klog begins a line. */
const klogHead = (level: string, ms: number): string => {
  const [, month, day, clock] = /^\d+-(\d+)-(\d+)T([\d:]+)/.exec(formatTime(ms))!
  return `${level}${month}${day} ${clock}.${String(ms % 1000).padStart(3, '0')}000       7`
}

const age = ({ metadata }: Ingress): string => `${metadata.creationTimestamp} ${metadata.name}`

const plain = (status: number): HttpResponse => answer(status, page(status), { 'content-type': 'text/html' })

const redirects = (ingress: Ingress, tls: boolean): boolean =>
  annotation(ingress, 'force-ssl-redirect') === 'true' ||
  (tls && annotation(ingress, 'ssl-redirect') !== 'false')

/** kube-webhook-certgen: `create` makes the secret, `patch` needs it and puts it into the webhook's configuration. */
const certgen = (api: ApiServer): Program =>
  function* (process) {
    const { argv, env, engine, stderr } = process
    const flag = (name: string) => argv.find(a => a.startsWith(`--${name}=`))?.slice(name.length + 3)
    const namespace = flag('namespace') ?? env.get('POD_NAMESPACE') ?? 'default'
    const name = flag('secret-name') ?? ''
    const client = new Client(api, 'kube-webhook-certgen')
    const secrets = client.resource('secrets')
    const log = (level: string, msg: string) =>
      stderr.write(`${JSON.stringify({ level, msg, source: 'cmd', time: httpDate(engine.now) })}\n`)
    yield* sleep(300)
    const existing = secrets.find(namespace, name)
    if (argv[1] === 'create') {
      if (existing) log('info', 'secret already exists')
      else {
        log('info', `no secret found, creating secret '${name}' in namespace '${namespace}'`)
        const data = { ca: 'bWFkZSB1cA==', cert: 'bWFkZSB1cA==', key: 'bWFkZSB1cA==' }
        const metadata = { name, namespace }
        secrets.create({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data })
      }
      return 0
    }
    if (!existing) {
      log('fatal', `no secret with '${name}' in '${namespace}'`)
      return 1
    }
    const resource = 'validatingwebhookconfigurations.admissionregistration.k8s.io'
    const webhook = client.resource(resource).find('', flag('webhook-name') ?? '')
    log('info', `patching webhook configurations '${flag('webhook-name')}' mutating=false, validating=true`)
    if (webhook) {
      const webhooks = (webhook.webhooks ?? []).map(w => ({
        ...w,
        clientConfig: { ...w.clientConfig, caBundle: existing.data?.ca },
      }))
      client.resource(resource).update({ ...webhook, webhooks })
    }
    log('info', 'Patched hook(s)')
    return 0
  }

const waitShutdown: Program = function* () {
  yield* sleep(1000)
  return 0
}

const asController = { handlesSignals: true, fileCapabilities: ['NET_BIND_SERVICE'] }

export const ingressNginx: ImageMaker = ({ tag }, api) => ({
  programs: {
    '/nginx-ingress-controller': { run: controller(api, tag), ...asController },
    '/usr/bin/dumb-init': { run: unwrapped(controller(api, tag)), ...asController },
    '/wait-shutdown': { run: waitShutdown },
  },
  entrypoint: ['/usr/bin/dumb-init', '--'],
  cmd: ['/nginx-ingress-controller'],
  ports: [80, 443],
  shell: 'busybox',
})

export const certgenImage: ImageMaker = (_, api) => ({
  programs: { '/kube-webhook-certgen': { run: certgen(api) } },
  entrypoint: ['/kube-webhook-certgen'],
})

/** dumb-init runs what stands behind `--`. */
const unwrapped =
  (run: Program): Program =>
  process =>
    run({ ...process, argv: process.argv.slice(2) })
