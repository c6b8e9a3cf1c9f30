// What the fields of services and ingresses change for whoever connects.
import { installIngressController } from '../../src/lesson/ingress-controller.ts'
import { apply, type Scene, type Side, type Stage } from './scenes.ts'

export const networkStage: Stage = {
  options: { workers: 4, loadBalancer: true },
  begin: [
    ...installIngressController,
    'kubectl label node k8s-node1 k8s-node3 topology.kubernetes.io/zone=east',
    'kubectl label node k8s-node2 k8s-node4 topology.kubernetes.io/zone=west',
  ],
}
export const networkScenes: Scene[] = []
const scene = (fields: string, without: Side, having: Side) => {
  for (const field of fields.split(' ')) networkScenes.push({ field, without, having })
}

const plainPod = (name: string, labels: object, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { terminationGracePeriodSeconds: 0, ...spec },
})
/** Answers with its own name, the caller's address and the path. */
const answering = (name: string, node: string) =>
  plainPod(name, { app: 'web' }, { nodeName: node, containers: [{ name: 'c', image: 'traefik/whoami' }] })
const client = plainPod(
  'client',
  {},
  {
    nodeName: 'k8s-node1',
    containers: [{ name: 'c', image: 'curlimages/curl', command: ['sleep', '36000'] }],
  },
)
/** One pod on the client's node, and one in another zone. */
const everywhere = [client, answering('web-1', 'k8s-node1'), answering('web-2', 'k8s-node2')]

const service = (spec: object, name = 'a') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
})
const ask = (from: string, url: string) =>
  `${from} curl -sS -m 1 ${url} 2>&1 | grep -oE "Hostname: .*|refused|timed out"`
const inside = 'kn exec client --'
/** How many answer the client, asked many times. */
const howMany = (pause = 0) =>
  `for i in 1 2 3 4 5 6 7 8 9 10; do ${ask(inside, 'http://a')}; sleep ${pause}; done | sort -u | wc -l`
/** Does anyone? */
const anyone = (from: string, url: string) => `${ask(from, url)} | sed "s/.*web.*/yes/"`

const services = (script: string, without: object, having: object): [Side, Side] => [
  { objects: [...everywhere, service(without)], script },
  { objects: [...everywhere, service(having)], script },
]
/** Of a service that claims something which the cluster has once: it is made and goes within the script. */
const alone = (script: string, without: object, having: object): [Side, Side] => {
  const play = (spec: object): Side => ({
    objects: everywhere,
    script: `${apply(service(spec))}; sleep 5; ${script}; kn delete service a >/dev/null; sleep 1`,
  })
  return [play(without), play(having)]
}

scene('ServiceSpec.sessionAffinity', ...services(howMany(), {}, { sessionAffinity: 'ClientIP' }))
scene(
  'ServiceSpec.sessionAffinityConfig SessionAffinityConfig.clientIP ClientIPConfig.timeoutSeconds',
  ...services(
    howMany(3),
    { sessionAffinity: 'ClientIP' },
    { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } } },
  ),
)
scene('ServiceSpec.internalTrafficPolicy', ...services(howMany(), {}, { internalTrafficPolicy: 'Local' }))
scene(
  'ServiceSpec.trafficDistribution',
  ...services(howMany(), {}, { trafficDistribution: 'PreferSameZone' }),
)
/** A server that knew nothing of it would give any address. */
const asked = (spec: object): Side => ({
  script: `echo '${JSON.stringify(service(spec))}' | kn apply -f - 2>&1 | grep -oE "created|must be empty.*|not configured.*"`,
})
scene('ServiceSpec.clusterIPs', asked({}), asked({ clusterIPs: ['20.1.99.9'] }))
scene('ServiceSpec.ipFamilies', asked({}), asked({ ipFamilies: ['IPv6'] }))
scene('ServiceSpec.ipFamilyPolicy', asked({}), asked({ ipFamilyPolicy: 'RequireDualStack' }))
const nodePortOf = 'PORT=$(kn get service a -o jsonpath={.spec.ports[0].nodePort})'
scene(
  'ServiceSpec.externalTrafficPolicy',
  ...services(
    `${nodePortOf}; ${anyone('', 'http://10.0.2.5:$PORT')}`,
    { type: 'NodePort' },
    { type: 'NodePort', externalTrafficPolicy: 'Local' },
  ),
)
const ofBalancer = 'IP=$(kn get service a -o jsonpath={.status.loadBalancer.ingress[0].ip})'
const balancer = { type: 'LoadBalancer', internalTrafficPolicy: 'Cluster' }
scene(
  'ServiceSpec.loadBalancerSourceRanges',
  ...services(`${ofBalancer}; ${anyone('', 'http://$IP')}`, balancer, {
    ...balancer,
    loadBalancerSourceRanges: ['198.51.100.0/24'],
  }),
)
scene(
  'ServiceSpec.loadBalancerClass',
  ...services(`${ofBalancer}; [ -n "$IP" ] && echo has an address`, balancer, {
    ...balancer,
    loadBalancerClass: 'example.com/other',
  }),
)
scene(
  'ServiceSpec.allocateLoadBalancerNodePorts',
  ...services(`${nodePortOf}; [ -n "$PORT" ] && echo has a port`, balancer, {
    ...balancer,
    allocateLoadBalancerNodePorts: false,
  }),
)
scene(
  'ServiceSpec.loadBalancerIP',
  ...alone(`${anyone('', 'http://10.0.2.250')}`, balancer, { ...balancer, loadBalancerIP: '10.0.2.250' }),
)
scene(
  'ServiceSpec.externalIPs',
  ...alone(`${anyone('ssh k8s-node1', 'http://10.0.2.77')}`, {}, { externalIPs: ['10.0.2.77'] }),
)
scene(
  'ServicePort.nodePort',
  ...alone(
    `${anyone('', 'http://10.0.2.3:32123')}`,
    { type: 'NodePort' },
    { type: 'NodePort', ports: [{ port: 80, nodePort: 32123 }] },
  ),
)
const local = { ...balancer, externalTrafficPolicy: 'Local' }
scene(
  'ServiceSpec.healthCheckNodePort',
  ...alone(
    'for node in 3 5; do curl -s -m 1 -o /dev/null -w "%{http_code} " 10.0.2.$node:31999; done',
    local,
    { ...local, healthCheckNodePort: 31999 },
  ),
)

// Ingresses, as ingress-nginx routes what comes to a node's port. Hosts are of the namespace, for all share the controller.
const host = 'NAMESPACE.example.com'
const behind = [
  answering('web', 'k8s-node1'),
  service({ ports: [{ name: 'http', port: 80 }] }),
  plainPod(
    'other',
    { app: 'other' },
    { containers: [{ name: 'c', image: 'hashicorp/http-echo', args: ['-text=other', '-listen=:80'] }] },
  ),
  service({ selector: { app: 'other' }, ports: [{ name: 'http', port: 80 }] }, 'b'),
]
const ingress = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'a' },
  spec: { ingressClassName: 'nginx', ...spec },
})
const backend = (name: string, port: object = { number: 80 }) => ({ service: { name, port } })
const path = (more: object = {}) => ({ path: '/one', pathType: 'Prefix', backend: backend('a'), ...more })
const rule = (more: object = {}) => ({ host, http: { paths: [path()] }, ...more })
const rules = (...paths: object[]) => ({ rules: [rule({ http: { paths } })] })
const look = (url: string, name = host) =>
  `curl -s -m 2 -H "Host: ${name}" 10.0.2.2:30080${url} | grep -oE "^Hostname|^other|<title>.*</title>"`
const routed = (script: string, without: object, having: object): [Side, Side] => [
  { objects: [...behind, ingress(without)], script },
  { objects: [...behind, ingress(having)], script },
]
const onePath = rules(path())
scene(
  'IngressSpec.ingressClassName',
  ...routed(look('/one'), { ...onePath, ingressClassName: undefined }, onePath),
)
/** What has no rules answers for all hosts that nobody else has. */
const withoutRules = (spec: object): Side => ({
  objects: behind,
  script: `${apply(ingress(spec))}; sleep 5; ${look('/one')}; kn delete ingress a >/dev/null; sleep 1`,
})
scene(
  'IngressSpec.rules',
  withoutRules({ defaultBackend: backend('b') }),
  withoutRules({ defaultBackend: backend('b'), ...onePath }),
)
scene(
  'IngressSpec.defaultBackend',
  ...routed(look('/two'), onePath, { ...onePath, defaultBackend: backend('b') }),
)
scene('IngressRule.http HTTPIngressRuleValue.paths', ...routed(look('/one'), { rules: [{ host }] }, onePath))
scene(
  'IngressRule.host',
  ...routed(look('/one'), { rules: [rule({ host: `another.${host}` })] }, { rules: [rule()] }),
)
scene('HTTPIngressPath.path', ...routed(look('/one'), rules(path({ path: '/two' })), onePath))
scene('HTTPIngressPath.pathType', ...routed(look('/one/more'), onePath, rules(path({ pathType: 'Exact' }))))
scene(
  'HTTPIngressPath.backend IngressServiceBackend.name',
  ...routed(look('/one'), onePath, rules(path({ backend: backend('b') }))),
)
const toBucket = { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'a' } }
const routes = routed(look('/one'), rules(path({ backend: toBucket })), onePath)
scene('IngressBackend.service', ...routes)
scene('IngressBackend.resource', routes[1], routes[0])
scene(
  'IngressServiceBackend.port ServiceBackendPort.number',
  ...routed(look('/one'), onePath, rules(path({ backend: backend('a', { number: 81 }) }))),
)
scene(
  'ServiceBackendPort.name',
  ...routed(
    look('/one'),
    rules(path({ backend: backend('a', { name: 'http' }) })),
    rules(path({ backend: backend('a', { name: 'https' }) })),
  ),
)
/** The entry for `of` has the certificate of a Secret that the script makes. */
const secured = (tls: object[]) => ({ ...onePath, tls })
scene('IngressSpec.tls', ...routed(look('/one'), onePath, secured([{ hosts: [host] }])))
scene(
  'IngressTLS.hosts',
  ...routed(look('/one'), secured([{ hosts: [`another.${host}`] }]), secured([{ hosts: [host] }])),
)
const certificate = `openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout k.pem -out c.pem -subj /CN=${host} -addext subjectAltName=DNS:${host} 2>/dev/null; kn create secret tls own --cert=c.pem --key=k.pem >/dev/null; sleep 3; curl -sk -v -m 2 -o /dev/null --resolve ${host}:30443:10.0.2.2 https://${host}:30443/one 2>&1 | grep subject:`
scene(
  'IngressTLS.secretName',
  ...routed(certificate, secured([{ hosts: [host] }]), secured([{ hosts: [host], secretName: 'own' }])),
)
