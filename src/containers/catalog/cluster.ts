// Images of registry.k8s.io and of what is installed into clusters.
import { type Family, mb } from './family.ts'

const part = (names: string, size: number, tags = '*', program = 'opaque'): Family => ({
  names,
  tags,
  size: mb(size),
  conduct: 'cluster',
  program,
})

/** The tutorial's mirror of registry.k8s.io. */
const mirror = 'anjia0532/google-containers.ingress-nginx.'

export const clusterFamilies: readonly Family[] = [
  {
    names: `registry.k8s.io/ingress-nginx/controller ${mirror}controller`,
    tags: 'v1.0.5 v1.1.3 v1.2.1 v1.3.1 v1.4.0 v1.5.1 v1.6.4 v1.7.1 v1.8.5 v1.9.6 v1.10.6 v1.11.8 v1.12.8 v1.13.4 v1.14.1',
    plain: true,
    size: 100_301_844,
    conduct: 'program',
    program: 'ingress-nginx',
  },
  {
    names: `registry.k8s.io/ingress-nginx/kube-webhook-certgen ${mirror}kube-webhook-certgen`,
    tags: '*',
    size: 20_301_844,
    conduct: 'program',
    program: 'kube-webhook-certgen',
  },
  {
    names: 'registry.k8s.io/kube-apiserver registry.k8s.io/kube-apiserver-amd64',
    tags: 'v1.13-v1.36',
    plain: true,
    size: 29_301_844,
    conduct: 'cluster',
    program: 'kube-apiserver',
  },
  {
    names:
      'registry.k8s.io/pause gcr.io/google_containers/pause gcr.io/google-containers/pause gcr.io/google_containers/pause-amd64 registry.k8s.io/pause-amd64 pause kubernetes/pause rancher/pause rancher/mirrored-pause mcr.microsoft.com/oss/kubernetes/pause',
    tags: '0.8 1.0 2.0 3.0-3.10 latest=3.10 go=3.10',
    plain: true,
    size: 320_368,
    sizes: { '3.9': 321_520 },
    conduct: 'program',
    program: 'pause',
  },
  {
    names:
      'registry.k8s.io/busybox gcr.io/google_containers/busybox gcr.io/google-containers/busybox registry.k8s.io/e2e-test-images/busybox',
    tags: '1.24.2 1.27.2 1.29.4 latest=1.27',
    variants: '\\d',
    size: mb(0.75),
    conduct: 'shell',
    program: 'busybox',
  },
  {
    names:
      'registry.k8s.io/nginx-slim registry.k8s.io/e2e-test-images/nginx gcr.io/google_containers/nginx-slim gcr.io/google_containers/nginx registry.k8s.io/nginx',
    tags: '0.1-0.27 1.7.9 1.14 1.15 latest',
    variants: '\\d',
    size: mb(21),
    conduct: 'program',
    program: 'nginx',
  },
  {
    names: 'registry.k8s.io/e2e-test-images/httpd',
    tags: '2.4.38 2.4.39 latest',
    variants: '\\d',
    size: mb(41),
    conduct: 'program',
    program: 'httpd',
  },
  {
    names: 'registry.k8s.io/redis registry.k8s.io/e2e-test-images/redis',
    tags: 'e2e v1 5.0 latest',
    variants: '\\d',
    size: mb(36),
    conduct: 'database',
    program: 'redis',
  },
  {
    names: 'registry.k8s.io/etcd registry.k8s.io/etcd-amd64 gcr.io/google_containers/etcd',
    tags: '2.0-2.3 3.0-3.6 latest',
    variants: '\\d|rc\\d-\\d',
    size: 21_301_844,
    conduct: 'cluster',
    program: 'etcd',
  },
  part(
    'registry.k8s.io/coredns/coredns registry.k8s.io/coredns coredns/coredns',
    21.301844,
    'v1.6-v1.14 1.2-1.14 latest',
    'coredns',
  ),
  part('registry.k8s.io/kube-proxy', 21.301844, 'v1.13-v1.36', 'kube-proxy'),
  part(
    'registry.k8s.io/kube-controller-manager registry.k8s.io/kube-scheduler registry.k8s.io/kube-scheduler-amd64',
    21.301844,
    'v1.13-v1.36',
    'waits',
  ),
  part(
    'registry.k8s.io/metrics-server/* registry.k8s.io/metrics-server registry.k8s.io/kube-state-metrics/* registry.k8s.io/sig-storage/* registry.k8s.io/autoscaling/* registry.k8s.io/cluster-autoscaler registry.k8s.io/dns/* registry.k8s.io/external-dns/* registry.k8s.io/descheduler/* registry.k8s.io/git-sync/* registry.k8s.io/git-sync registry.k8s.io/node-problem-detector/* registry.k8s.io/node-problem-detector registry.k8s.io/addon-resizer registry.k8s.io/cpa/* registry.k8s.io/gateway-api/* registry.k8s.io/ingress-nginx/opentelemetry registry.k8s.io/defaultbackend-amd64 registry.k8s.io/defaultbackend registry.k8s.io/kubernetes-zookeeper registry.k8s.io/volume-nfs registry.k8s.io/e2e-test-images/* registry.k8s.io/kustomize/* registry.k8s.io/nfd/* registry.k8s.io/security-profiles-operator/* registry.k8s.io/conformance registry.k8s.io/kubernetes-dashboard-amd64 registry.k8s.io/heapster-amd64 registry.k8s.io/build-image/* registry.k8s.io/kueue/* registry.k8s.io/jobset/* registry.k8s.io/provider-aws/* registry.k8s.io/cloud-provider-gcp/* registry.k8s.io/csi-secrets-store/* registry.k8s.io/networking/* registry.k8s.io/cassandra registry.k8s.io/example-dns-backend registry.k8s.io/example-dns-frontend registry.k8s.io/spark registry.k8s.io/storm-worker registry.k8s.io/pets/* registry.k8s.io/scl-nginx',
    35,
  ),
  part(
    'kubernetesui/* quay.io/calico/* calico/* flannel/* rancher/mirrored-flannelcni-flannel quay.io/coreos/flannel quay.io/cilium/* cilium/* quay.io/metallb/* metallb/* quay.io/jetstack/* quay.io/argoproj/* ghcr.io/dexidp/dex ghcr.io/fluxcd/* ghcr.io/kedacore/* ghcr.io/external-secrets/* openpolicyagent/* ghcr.io/kyverno/* kyverno/* velero/velero rancher/local-path-provisioner rancher/klipper-lb gcr.io/knative-releases/* gcr.io/k8s-minikube/storage-provisioner quay.io/external_storage/* nfs-client-provisioner quay.io/tigera/operator aquasec/* falcosecurity/* longhornio/* rook/ceph quay.io/ceph/ceph openebs/* linkerd/* cr.l5d.io/linkerd/* nvcr.io/nvidia/* nvidia/cuda nginx/nginx-ingress nginx/nginx-prometheus-exporter strimzi/* quay.io/strimzi/* tensorflow/tensorflow jupyter/* apache/* docker.io/apache/airflow weaveworks/* mcr.microsoft.com/oss/* gcr.io/kaniko-project/executor gcr.io/tekton-releases/* gcr.io/distroless/* gcr.io/kubebuilder/* gcr.io/cloudsql-docker/gce-proxy gcr.io/cloud-sql-connectors/cloud-sql-proxy gcr.io/google.com/cloudsdktool/* google/cloud-sdk moby/buildkit docker.io/rayproject/* ghcr.io/grafana/* itzg/minecraft-server quay.io/kubernetes-ingress-controller/* rancher/* nginxinc/* openshift/* quay.io/openshift/* mcr.microsoft.com/dotnet/* quay.io/centos/* gcr.io/kubernetes-e2e-test-images/* quay.io/brancz/* quay.io/wildfly/* unit spark flink tomee wildfly jboss/wildfly locustio/locust grafana/k6 loadimpact/k6 tensorflow/serving pytorch/* dpage/pgadmin4 sysdig/* newrelic/* chronograf kapacitor rocket.chat r-base',
    55,
  ),
]
