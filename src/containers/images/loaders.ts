// Where each image of the simulated registry stands, by its repository (without `docker.io/` and `library/`). Another
// name or tag is `not found`.
import type { ApiServer } from '../../api/types.ts'
import { PartTable } from '../../engine/parts.ts'
import type { Image } from './image.ts'

/** The images of a repository, one for each set of tags; some speak with the API server of their cluster. */
export type Repository = readonly Image[] | ((api: ApiServer) => readonly Image[])

const standIns = () => import('./pause.ts').then(each => each.standIns)
const cluster = () => import('./cluster.ts').then(each => each.clusterImages)
const ingress = () => import('./ingress-nginx.ts').then(each => each.ingressNginxImages)

export const repositories = new PartTable<Repository>('image', {
  'leigg/hellok8s': () => import('./hellok8s.ts').then(each => each.hellok8s),
  nginx: () => import('./nginx.ts').then(each => [each.nginx]),
  busybox: () => import('./busybox.ts').then(each => each.busybox),
  'curlimages/curl': () => import('./curl.ts').then(each => [each.curlImage]),
  httpd: () => import('./httpd.ts').then(each => [each.httpd]),
  perl: () => import('./perl.ts').then(each => [each.perl]),
  pause: standIns,
  redis: standIns,
  postgres: standIns,
  mysql: standIns,
  'redis-exporter': standIns,
  'log-agent': standIns,
  envoy: standIns,
  'registry.k8s.io/coredns/coredns': cluster,
  'registry.k8s.io/kube-proxy': cluster,
  'registry.k8s.io/kube-controller-manager': cluster,
  'registry.k8s.io/kube-scheduler': cluster,
  'registry.k8s.io/etcd': cluster,
  'registry.k8s.io/kube-apiserver': () =>
    import('./kube-apiserver.ts').then(each => api => [each.apiServerImage(api)]),
  'registry.k8s.io/ingress-nginx/controller': ingress,
  'registry.k8s.io/ingress-nginx/kube-webhook-certgen': ingress,
  'anjia0532/google-containers.ingress-nginx.controller': ingress,
  'anjia0532/google-containers.ingress-nginx.kube-webhook-certgen': ingress,
})
