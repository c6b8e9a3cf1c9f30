// Images that tutorials, exercises and demonstrations are made of.
import { type Family, mb } from './family.ts'

const web = (names: string, program: string, size: number, tags = '*'): Family => ({
  names,
  tags,
  size: mb(size),
  conduct: 'web',
  program,
})

/** Parts of a demonstration's shop: each listens where its manifest says. */
const shop = (names: string, size: number): Family => ({
  names,
  tags: '*',
  size: mb(size),
  conduct: 'service',
  program: 'opaque',
})

export const demos: readonly Family[] = [
  {
    names: 'curlimages/curl quay.io/curl/curl',
    tags: '7.65-7.88 8.0-8.17 latest=8.14.1',
    size: mb(9.4),
    sizes: { latest: 9_301_844, '8.14.1': 9_301_844 },
    conduct: 'program',
    program: 'curl',
  },
  {
    names: 'appropriate/curl radial/busyboxplus byrnedo/alpine-curl alpine/curl badouralix/curl-jq',
    tags: '*',
    size: mb(6),
    conduct: 'program',
    program: 'curl',
    detail: 'shell',
  },
  {
    names:
      'nicolaka/netshoot praqma/network-multitool wbitt/network-multitool tutum/dnsutils infoblox/dnstools giantswarm/tiny-tools registry.k8s.io/e2e-test-images/jessie-dnsutils registry.k8s.io/e2e-test-images/dnsutils gcr.io/kubernetes-e2e-test-images/dnsutils arunvelsriram/utils amouat/network-utils alpine/socat alpine/git alpine/openssl alpine/k8s alpine/helm bitnami/git bitnami/minideb leodotcloud/swiss-army-knife',
    tags: '*',
    size: mb(120),
    conduct: 'shell',
    program: 'toolbox',
  },
  {
    names:
      'bitnami/kubectl bitnamilegacy/kubectl rancher/kubectl registry.k8s.io/kubectl lachlanevenson/k8s-kubectl',
    tags: '*',
    size: mb(80),
    conduct: 'shell',
    program: 'toolbox',
  },
  {
    names:
      'polinux/stress progrium/stress vish/stress containerstack/cpustress jfusterm/stress alexeiled/stress-ng',
    tags: '*',
    size: mb(5),
    conduct: 'program',
    program: 'stress',
  },
  { names: 'hello-world', tags: '*', size: mb(0.01), conduct: 'program', program: 'hello-world' },
  web('hashicorp/http-echo', 'http-echo', 2.9, '0.1-0.2 1.0 latest'),
  web('traefik/whoami containous/whoami emilevauge/whoami jwilder/whoami', 'whoami', 2.9),
  web(
    'gcr.io/kuar-demo/kuard-amd64 gcr.io/kuar-demo/kuard-arm64 gcr.io/kuar-demo/kuard',
    'kuard',
    11,
    'latest blue green purple 1 2 3 v0.7-v0.10 v0.10.0',
  ),
  web(
    'gcr.io/google-samples/hello-app us-docker.pkg.dev/google-samples/containers/gke/hello-app gcr.io/google-samples/hello-go-gke gcr.io/google-samples/hello-app-tls gcr.io/google-samples/hello-app-redis',
    'hello-app',
    10,
    '1.0-2.0 1.0 2.0 v1-v2 latest',
  ),
  web('gcr.io/google-samples/node-hello', 'node-hello', 250, '1.0-2.0 1.0 2.0 latest'),
  web(
    'gcr.io/google-samples/kubernetes-bootcamp gcr.io/k8s-minikube/kubernetes-bootcamp jocatalin/kubernetes-bootcamp docker.io/jocatalin/kubernetes-bootcamp',
    'kubernetes-bootcamp',
    82,
    'v1-v2 1-2 latest',
  ),
  web(
    'gcr.io/google-samples/gb-frontend us-docker.pkg.dev/google-samples/containers/gke/gb-frontend gcr.io/google_samples/gb-frontend gcr.io/google-samples/hello-frontend',
    'gb-frontend',
    95,
  ),
  web(
    'registry.k8s.io/echoserver gcr.io/google_containers/echoserver gcr.io/google-containers/echoserver gcr.io/k8s-minikube/echoserver gcr.io/kubernetes-e2e-test-images/echoserver registry.k8s.io/e2e-test-images/echoserver kicbase/echo-server jmalloc/echo-server ealen/echo-server mendhak/http-https-echo inanimate/echo-server cilium/echoserver brndnmtthws/nginx-echo-headers gcr.io/k8s-staging-gateway-api/echo-basic',
    'echoserver',
    43,
  ),
  web('registry.k8s.io/hpa-example gcr.io/google_containers/hpa-example', 'hpa-example', 160),
  web(
    'nginxdemos/hello nginxdemos/nginx-hello paulbouwer/hello-kubernetes docker/getting-started docker/welcome-to-docker crccheck/hello-world tutum/hello-world strm/helloworld-http karthequian/helloworld stacksimplify/* kodekloud/* dgkanatsios/simpleapp bmuschko/nodejs-hello-world luksa/* yeasy/simple-web richardchesterwood/* nigelpoulton/* training/webapp jpetazzo/* errm/cheese mmumshad/* gcr.io/google-samples/whereami us-docker.pkg.dev/google-samples/containers/gke/whereami testcontainers/helloworld scottsbaldwin/docker-hello-world monachus/* ghcr.io/stefanprodan/podinfo stefanprodan/podinfo kennethreitz/httpbin mccutchen/go-httpbin ghcr.io/mccutchen/go-httpbin rancher/hello-world okteto/* ghcr.io/argoproj/rollouts-demo argoproj/rollouts-demo gcr.io/heptio-images/ks-guestbook-demo quay.io/redhattraining/* gcr.io/google-samples/zone-printer us-docker.pkg.dev/google-samples/containers/gke/zone-printer registry.k8s.io/update-demo gcr.io/google-containers/update-demo mcr.microsoft.com/azuredocs/* mcr.microsoft.com/azuredocs/aci-helloworld',
    'hello',
    40,
  ),
  {
    names:
      'registry.k8s.io/e2e-test-images/agnhost gcr.io/kubernetes-e2e-test-images/agnhost gcr.io/k8s-staging-e2e-test-images/agnhost registry.k8s.io/agnhost',
    tags: '2.0-2.59 latest=2.59',
    size: mb(51),
    conduct: 'program',
    program: 'agnhost',
  },
  {
    names:
      'registry.k8s.io/liveness gcr.io/google_containers/liveness registry.k8s.io/goproxy registry.k8s.io/test-webserver registry.k8s.io/serve_hostname gcr.io/google_containers/serve_hostname',
    tags: '*',
    size: mb(5),
    conduct: 'program',
    program: 'agnhost-program',
  },
  shop(
    'gcr.io/google-samples/microservices-demo/* us-central1-docker.pkg.dev/google-samples/microservices-demo/* weaveworksdemos/* istio/examples-bookinfo-* docker.io/istio/examples-* dockersamples/* bitnami/* robotshop/* ghcr.io/open-telemetry/demo gcr.io/google-samples/* gcr.io/google_samples/* us-docker.pkg.dev/google-samples/containers/gke/* public.ecr.aws/aws-containers/* sockshop/* ghcr.io/azure-samples/aks-store-demo/* mcr.microsoft.com/mcr/hello-world mcr.microsoft.com/dotnet/samples mcr.microsoft.com/oss/bitnami/redis istio/* docker/* cilium/starwars lachlanevenson/* gcr.io/google-containers/* gcr.io/google_containers/* amazon/* public.ecr.aws/nginx/nginx cilium/json-mock quay.io/cilium/json-mock curiouser/* mreferre/* schoolofdevops/* devopsdockeruh/* lovelearnlinux/* janakiramm/* linuxserver/* lscr.io/linuxserver/* swaggerapi/* codercom/* thecodingmachine/* fjudith/*',
    60,
  ),
]
