// Where the makers of images stand, by the name that their families (../catalog) call them.
import { PartTable } from '../../engine/parts.ts'
import type { ImageMaker } from './image.ts'

export const makers = new PartTable<ImageMaker>('image', {
  agnhost: () => import('./agnhost.ts').then(each => each.agnhost),
  'agnhost-program': () => import('./agnhost.ts').then(each => each.agnhostProgram),
  busybox: () => import('./busybox.ts').then(each => each.busybox),
  coredns: () => import('./cluster.ts').then(each => each.corednsImage),
  curl: () => import('./curl.ts').then(each => each.curl),
  distribution: () => import('./distribution.ts').then(each => each.distribution),
  echoserver: () => import('./web.ts').then(each => each.echoServer),
  etcd: () => import('./etcd.ts').then(each => each.etcd),
  'gb-frontend': () => import('./web.ts').then(each => each.gbFrontend),
  golang: () => import('./golang.ts').then(each => each.golang),
  hello: () => import('./web.ts').then(each => each.hello),
  'hello-app': () => import('./web.ts').then(each => each.helloApp),
  'hello-world': () => import('./tools.ts').then(each => each.helloWorld),
  hellok8s: () => import('./hellok8s.ts').then(each => each.hellok8s),
  'hpa-example': () => import('./web.ts').then(each => each.hpaExample),
  'http-echo': () => import('./web.ts').then(each => each.httpEcho),
  httpd: () => import('./httpd.ts').then(each => each.httpd),
  'ingress-nginx': () => import('./ingress-nginx.ts').then(each => each.ingressNginx),
  kuard: () => import('./web.ts').then(each => each.kuard),
  'kube-proxy': () => import('./cluster.ts').then(each => each.kubeProxyImage),
  'kube-apiserver': () => import('./kube-apiserver.ts').then(each => each.apiServer),
  'kube-webhook-certgen': () => import('./ingress-nginx.ts').then(each => each.certgenImage),
  'kubernetes-bootcamp': () => import('./web.ts').then(each => each.bootcamp),
  memcached: () => import('./documents.ts').then(each => each.memcached),
  mongo: () => import('./documents.ts').then(each => each.mongo),
  mysql: () => import('./databases.ts').then(each => each.mysql),
  nginx: () => import('./nginx/nginx.ts').then(each => each.nginx),
  node: () => import('./languages.ts').then(each => each.nodeImage),
  'node-hello': () => import('./web.ts').then(each => each.nodeHello),
  opaque: () => import('./service.ts').then(each => each.opaque),
  pause: () => import('./pause.ts').then(each => each.pause),
  perl: () => import('./perl.ts').then(each => each.perl),
  postgres: () => import('./databases.ts').then(each => each.postgres),
  python: () => import('./languages.ts').then(each => each.pythonImage),
  redis: () => import('./redis.ts').then(each => each.redis),
  service: () => import('./service.ts').then(each => each.service),
  'stand-in': () => import('./pause.ts').then(each => each.standIn),
  stress: () => import('./tools.ts').then(each => each.stress),
  toolbox: () => import('./tools.ts').then(each => each.toolbox),
  toolchain: () => import('./languages.ts').then(each => each.toolchain),
  waits: () => import('./cluster.ts').then(each => each.controlPlaneImage),
  whoami: () => import('./web.ts').then(each => each.whoami),
})

/** Flags of the control plane's programs: where a manifest gives them any, which the reference cluster's do not. */
export const flagParts = new PartTable('flags of components', {
  known: () => import('./component-flags-known.ts').then(each => each.knownFlags),
})
