// The tutorial's chapter 8: the controller is installed by its manifest (shortened: what it consists of, without the
// roles), two backends, routes by path and host, redirects, rewrites, and what the log and the status then say.
import { expect, test } from 'vitest'
import type { Ingress, IngressBackend, IngressSpec } from '../../kinds/schema/types.ts'
import { World } from '../../lesson/world.ts'
import { matchRequest } from './ingress-routes.ts'

const controllerLabels = 'app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller'
const job = (name: string, args: string) => `
apiVersion: batch/v1
kind: Job
metadata: {name: ingress-nginx-admission-${name}, namespace: ingress-nginx}
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers:
      - name: ${name}
        image: registry.k8s.io/ingress-nginx/kube-webhook-certgen:v20230407@sha256:543c40fd093964bc9ab509d3e791f9989963021f1e9e4c9c7b6700b02bfb227b
        args: [${name}, ${args}, --namespace=$(POD_NAMESPACE), --secret-name=ingress-nginx-admission]
        env: [{name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]
`
const install = `
apiVersion: v1
kind: Namespace
metadata: {name: ingress-nginx}
---
apiVersion: v1
kind: Service
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  type: NodePort
  ports:
  - {appProtocol: http, name: http, port: 80, protocol: TCP, targetPort: http, nodePort: 30080}
  - {appProtocol: https, name: https, port: 443, protocol: TCP, targetPort: https, nodePort: 30443}
  selector: {${controllerLabels}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  selector: {matchLabels: {${controllerLabels}}}
  template:
    metadata: {labels: {${controllerLabels}}}
    spec:
      containers:
      - name: controller
        image: registry.k8s.io/ingress-nginx/controller:v1.8.2@sha256:74834d3d25b336b62cabeb8bf7f1d788706e2cf1cfd64022de4137ade8881ff2
        args:
        - /nginx-ingress-controller
        - --publish-service=$(POD_NAMESPACE)/ingress-nginx-controller
        - --controller-class=k8s.io/ingress-nginx
        - --ingress-class=nginx
        - --validating-webhook=:8443
        env:
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
        lifecycle: {preStop: {exec: {command: [/wait-shutdown]}}}
        livenessProbe: {httpGet: {path: /healthz, port: 10254}, initialDelaySeconds: 10}
        readinessProbe: {httpGet: {path: /healthz, port: 10254}, initialDelaySeconds: 10}
        ports:
        - {containerPort: 80, name: http}
        - {containerPort: 443, name: https}
        - {containerPort: 8443, name: webhook}
        volumeMounts: [{mountPath: /usr/local/certificates/, name: webhook-cert, readOnly: true}]
      volumes: [{name: webhook-cert, secret: {secretName: ingress-nginx-admission}}]
---${job('create', '--host=ingress-nginx-controller-admission')}---${job('patch', '--webhook-name=ingress-nginx-admission')}---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
`
const backends = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: hellok8s-ingress
  annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}
spec:
  ingressClassName: nginx
  rules:
  - http:
      paths:
      - {path: /hello, pathType: Prefix, backend: {service: {name: hello, port: {number: 3000}}}}
      - {path: /httpd, pathType: Prefix, backend: {service: {name: httpd, port: {number: 8080}}}}
      - {path: /nobody, pathType: Prefix, backend: {service: {name: nobody, port: {number: 80}}}}
`

function installed() {
  const world = new World({ seed: 1, files: { 'install.yaml': install, 'ingress.yaml': backends } })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  run('kubectl create deployment hello --image=leigg/hellok8s:v3_nginxingress --replicas=2')
  run('kubectl expose deployment hello --port=3000')
  run('kubectl create deployment httpd --image=httpd')
  run('kubectl expose deployment httpd --port=8080 --target-port=80')
  world.until('kubectl rollout status deployment/httpd --timeout=60s')
  run('kubectl exec deployment/httpd -- cp htdocs/index.html htdocs/httpd')
  run('kubectl apply -f install.yaml')
  world.until('kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller --timeout=90s')
  return { world, run }
}

test('installs by its manifest, routes by path, logs each request and fills ADDRESS', () => {
  const { world, run } = installed()
  expect(
    run('kubectl get pods -n ingress-nginx --no-headers')
      .replace(/-[a-z0-9-]+ +/g, ' ')
      .replace(/ +/g, ' '),
  ).toMatch(/^ingress 0\/1 Completed .*\ningress 0\/1 Completed .*\ningress 1\/1 Running 0 .*\n$/)
  const get = (url: string) => run(`curl -s ${url}`)
  expect(get('10.0.2.2:30080/hello')).toContain('404 Not Found')
  run('kubectl apply -f ingress.yaml')
  world.advance(500)
  const bodies = [1, 2].map(() => get('10.0.2.2:30080/hello'))
  expect(bodies[0]).toMatch(/^\[v3\] Hello, Kubernetes!, this is ingress test, host:hello-/)
  expect(bodies[1]).not.toBe(bodies[0]) // in turn
  expect(get('10.0.2.3:30080/httpd')).toBe('<html><body><h1>It works!</h1></body></html>\n')
  expect(get('10.0.2.3:30080/nobody')).toContain('503 Service Temporarily Unavailable')
  expect(get('10.0.2.3:30080/hellofoo')).toContain('404 Not Found')
  const log = run('kubectl logs -n ingress-nginx deploy/ingress-nginx-controller --tail=5').split('\n')
  expect(log[1]).toMatch(
    /^10\.0\.2\.\d - - \[23\/Nov\/2026:09:3\d:\d\d \+0000\] "GET \/hello HTTP\/1.1" 200 \d+ "-" "curl\/[\d.]+" \d+ 0\.00\d \[default-hello-3000\] \[\] 20\.2\.1\.\d+:3000 \d+ 0\.00\d 200 [0-9a-f]{32}$/,
  )
  expect(log.join(), 'no rule, no host: nothing is logged').not.toContain('/hellofoo')
  world.advance(61_000)
  expect(run('kubectl get ingress --no-headers')).toMatch(
    /^hellok8s-ingress +nginx +\* +20\.1\.\d+\.\d+ +80 /,
  )
  expect(run('kubectl events --for ingress/hellok8s-ingress --no-headers')).toMatch(
    /Normal +Sync +Ingress\/hellok8s-ingress +Scheduled for sync/,
  )
})

test('without a way to registry.k8s.io, the mirror helps', () => {
  const world = new World({ seed: 1, files: { 'install.yaml': install } })
  const run = (command: string) => world.run(command).stdout
  world.inject({ type: 'registry-down', host: 'registry.k8s.io' })
  run('kubectl apply -f install.yaml')
  world.advance(45_000)
  // original tutorial, 8.2
  const digest = 'sha256:543c40fd093964bc9ab509d3e791f9989963021f1e9e4c9c7b6700b02bfb227b'
  const name = `registry.k8s.io/ingress-nginx/kube-webhook-certgen@${digest}`
  expect(run('kubectl events -n ingress-nginx --types=Warning')).toContain(
    `rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": failed to do request: Head "https://registry.k8s.io/v2/ingress-nginx/kube-webhook-certgen/manifests/${digest}": dial tcp `,
  )
  run('kubectl delete -f install.yaml --force')
  const mirror = 'docker.io/anjia0532/google-containers.ingress-nginx.kube-webhook-certgen:v20230407'
  expect(run(`ssh k8s-node1 ctr -n k8s.io image pull ${mirror}`)).toContain('done: ')
  run(
    "sed -i 's#registry.k8s.io/ingress-nginx/#docker.io/anjia0532/google-containers.ingress-nginx.#; s#@sha256:[0-9a-f]*##' install.yaml",
  )
  run('kubectl apply -f install.yaml')
  world.advance(90_000)
  expect(run('kubectl get pods -n ingress-nginx').match(/Completed|1\/1 +Running/g)).toHaveLength(3)
})

const ingress = (spec: IngressSpec, annotations: Record<string, string> = {}): Ingress => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'a', namespace: 'default', annotations },
  spec,
  status: { loadBalancer: {} },
})
const service = (name: string): IngressBackend => ({ service: { name, port: { number: 80 } } })
const rule = (host: string | undefined, ...paths: [string, string, string][]) => ({
  ...(host && { host }),
  http: {
    paths: paths.map(([path, pathType, name]) => ({ path, pathType, backend: service(name) })),
  },
})
const at = (ingresses: Parameters<typeof matchRequest>[0], host: string, path: string) => {
  const match = matchRequest(ingresses, host, path)
  return match && `${match.backend.service?.name} ${match.path}`
}

test('chooses by host, then the exact path, then the longest', () => {
  const all = [
    ingress({
      rules: [
        rule('a.example.com', ['/', 'Prefix', 'root'], ['/api', 'Prefix', 'api'], ['/api', 'Exact', 'exact']),
        rule('*.example.com', ['/', 'Prefix', 'wild']),
        rule(undefined, ['/any', 'Prefix', 'any']),
      ],
      tls: [{ hosts: ['a.example.com'], secretName: 'tls' }],
    }),
    ingress({ defaultBackend: service('default') }),
  ]
  expect(at(all, 'a.example.com:30080', '/api')).toBe('exact /api')
  expect(at(all, 'a.example.com', '/api/v1?x=1')).toBe('api /api/v1?x=1')
  expect(at(all, 'a.example.com', '/apix')).toBe('root /apix')
  expect(at(all, 'b.example.com', '/')).toBe('wild /')
  expect(at(all, 'else.where', '/any/thing')).toBe('any /any/thing')
  expect(at(all, 'else.where', '/other')).toBe('default /other')
  expect(at(all.slice(0, 1), 'else.where', '/other')).toBeUndefined()
  expect(matchRequest(all, 'a.example.com', '/')!.tls).toBe(true)
  expect(matchRequest(all, 'b.example.com', '/')!.tls).toBe(false)
})

test('a wildcard stands for one label, a default backend for the hosts of its rules, a resource for nothing', () => {
  const all = [
    ingress({
      rules: [rule('*.example.com', ['/', 'Exact', 'wild']), rule('own.org', ['/a', 'Prefix', 'own'])],
      defaultBackend: service('mine'),
    }),
    ingress({ rules: [rule('plain.org', ['/a', 'Prefix', 'plain'])] }),
    ingress({ defaultBackend: service('all') }),
    ingress({
      rules: [
        {
          host: 'files.org',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { resource: { apiGroup: 's3.org', kind: 'Bucket', name: 'b' } },
              },
            ],
          },
        },
      ],
    }),
  ]
  expect(at(all, 'b.example.com', '/')).toBe('wild /')
  expect(at(all, 'c.b.example.com', '/')).toBe('all /')
  expect(at(all, 'example.com', '/')).toBe('all /')
  expect(at(all, 'own.org', '/b')).toBe('mine /b')
  expect(at(all, 'plain.org', '/b')).toBeUndefined()
  expect(at(all, 'files.org', '/')).toBeUndefined()
})

test('rewrites by regular expression, for every path of the host', () => {
  const rewriting = ingress(
    { rules: [rule(undefined, ['/app(/|$)(.*)', 'ImplementationSpecific', 'app'])] },
    { 'nginx.ingress.kubernetes.io/rewrite-target': '/$2' },
  )
  expect(at([rewriting], 'x', '/app')).toBe('app /')
  expect(at([rewriting], 'x', '/app/hello/you?q=1')).toBe('app /hello/you?q=1')
  expect(at([rewriting], 'x', '/apple')).toBeUndefined()
})

test('sends plain requests to HTTPS where the host has a certificate', () => {
  const { world, run } = installed()
  world.write(
    'tls.yaml',
    backends
      .replace(/ {2}annotations:.*\n/, '')
      .replace(
        '  rules:\n  - http:',
        '  tls: [{hosts: [web.example.com], secretName: web}]\n  rules:\n  - host: web.example.com\n    http:',
      ),
  )
  expect(run('kubectl apply -f tls.yaml')).toBe('ingress.networking.k8s.io/hellok8s-ingress created\n')
  world.advance(500)
  expect(run('curl -s -i -H "Host: web.example.com" 10.0.2.2:30080/hello')).toMatch(
    /^HTTP\/1.1 308 Permanent Redirect\r\n(.*\r\n)*location: https:\/\/web.example.com\/hello\r\n/i,
  )
  expect(
    run('curl -s -k --resolve web.example.com:30443:10.0.2.2 https://web.example.com:30443/hello'),
  ).toContain('this is ingress test')
  expect(run('kubectl get ingress --no-headers')).toContain('80, 443')
  // A host that has rules: what none of them fits is logged, with the address of the controller's own default backend.
  for (const name of ['web.example.com', 'else.example.com'])
    expect(run(`curl -s -H "Host: ${name}" 10.0.2.2:30080/else`)).toContain('404 Not Found')
  const log = run('kubectl logs -n ingress-nginx deploy/ingress-nginx-controller')
  expect(log.match(/"GET \/else .*/g)?.join()).toMatch(
    /^"GET \/else HTTP\/1.1" 404 \d+ "-" "curl\/[\d.]+" \d+ 0\.000 \[upstream-default-backend\] \[\] 127\.0\.0\.1:8181 \d+ 0\.000 404 [0-9a-f]{32}$/,
  )
})

test('shows the certificate of the Secret that the Ingress names, where it is for that host; else its own', () => {
  const { world, run } = installed()
  const host = 'web.example.com'
  const make = (name: string, days: number) =>
    run(
      `openssl req -x509 -nodes -newkey rsa:1024 -days ${days} -keyout ${name}.key -out ${name}.crt -subj /CN=${name} -addext subjectAltName=DNS:${name}`,
    )
  const get = (flags: string, name = host) =>
    run(`curl -sS ${flags} --resolve ${name}:30443:10.0.2.2 https://${name}:30443/hello`)
  const log = () => run('kubectl logs -n ingress-nginx deploy/ingress-nginx-controller')
  const last = (lines: number) =>
    log()
      .replace(/^\d+\.\d+\.\d+\.\d+ - .*\n/gm, '')
      .replace(/^.*controller\.go:\d+/gm, '')
      .split('\n')
      .slice(-1 - lines, -1)
  const spec = (secretName: string) => ({
    tls: [{ hosts: [host], secretName }],
    rules: [
      {
        host,
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: 'hello', port: { number: 3000 } } },
            },
          ],
        },
      },
    ],
  })
  make(host, 1)
  make('other.example.com', 1)
  run(`kubectl create secret tls web --cert=${host}.crt --key=${host}.key`)
  run('kubectl create secret tls other --cert=other.example.com.crt --key=other.example.com.key')
  world.write(
    'i.yaml',
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { ingressClassName: 'nginx', ...spec('web') },
    }),
  )
  run('kubectl apply -f i.yaml')
  world.advance(500)
  const before = log()
  expect(last(1)[0]).toMatch(
    /^\] SSL certificate for server "web\.example\.com" is about to expire \(2026-11-24 \d\d:\d\d:\d\d \+0000 UTC\)$/,
  )
  expect(get('')).toContain('curl: (60) SSL certificate problem: self-signed certificate\n')
  expect(log(), 'who does not trust it asks for nothing').toBe(before)
  expect(get(`--cacert ${host}.crt`)).toContain('this is ingress test')
  expect(get(`--cacert other.example.com.crt`)).toContain('self-signed certificate')
  expect(get('-kv')).toMatch(/\* {2}subject: CN=web.example.com\n/)
  expect(get('-kv', 'else.example.com')).toContain(
    'subject: O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate',
  )
  expect(run('openssl s_client -connect 10.0.2.2:30443 -servername web.example.com < /dev/null')).toMatch(
    /issuer=CN = web.example.com\n/,
  )
  const use = (secretName: string) =>
    run(`kubectl patch ingress web -p '${JSON.stringify({ spec: spec(secretName) })}'`)
  use('other')
  world.advance(500)
  expect(get('-kv')).toContain('Fake Certificate')
  const why = 'x509: certificate is valid for other.example.com, not web.example.com'
  expect(last(4)).toEqual([
    `] Unexpected error validating SSL certificate "default/other" for server "web.example.com": ${why}`,
    '] Validating certificate against DNS names. This will be deprecated in a future version',
    `] SSL certificate "default/other" does not contain a Common Name or Subject Alternative Name for server "web.example.com": ${why}`,
    '] Using default certificate',
  ])
  use('nowhere')
  world.advance(500)
  expect(log()).toContain(
    '] Error getting SSL certificate "default/nowhere": local SSL certificate default/nowhere was not found. Using default certificate\n',
  )
  make(host, 0)
  run(`kubectl create secret tls old --cert=${host}.crt --key=${host}.key`)
  use('old')
  world.advance(1500)
  expect(get(`--cacert ${host}.crt`)).toContain(
    'curl: (60) SSL certificate problem: certificate has expired\n',
  )
  // A Secret that changes is looked at again.
  const replace = (name: string) =>
    run(
      `kubectl create secret tls old --cert=${name}.crt --key=${name}.key --dry-run=client -o yaml | kubectl replace -f -`,
    )
  replace('other.example.com')
  world.advance(500)
  expect(last(1)).toEqual(['] Using default certificate'])
  replace(host)
  world.advance(500)
  expect(last(1)[0]).toMatch(/^\] SSL certificate for server "web\.example\.com" expired \(2026-11-23 /)
})
