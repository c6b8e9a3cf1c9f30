// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const exporter = 'prom/node-exporter:v1.8.1'
const greeter = 'daemonset-hellok8s-go-http'
const tolerations =
  'tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]'

/** A DaemonSet in one line of YAML. */
const set = (name: string, spec: string) =>
  `printf 'apiVersion: apps/v1\\nkind: DaemonSet\\nmetadata: {name: ${name}}\\nspec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {${spec}}}}\\n' | kk apply -f -`
const metrics = (more: string, image = exporter) => [
  set('metrics', `${more}containers: [{name: m, image: "${image}"}]`),
  20,
]
const hello = (more: string, container: string) => [
  set(greeter, `${more}containers: [{name: hellok8s, image: "leigg/hellok8s:v1", ${container}}]`),
  20,
]
const port = 'ports: [{containerPort: 3000, hostPort: 3000}]'

export default {
  metrics: {
    right: {
      'the toleration of the lesson': metrics(`${tolerations}, `),
      'a toleration of everything': metrics('tolerations: [{operator: Exists}], '),
      'the image by its full name': metrics(`${tolerations}, `, `docker.io/${exporter}`),
      'first without, then with the toleration': [...metrics(''), ...metrics(`${tolerations}, `)],
    },
    wrong: {
      'no toleration: the control plane has none': metrics(''),
      'no toleration, and the node is deleted': ['kk delete node k8s-master', ...metrics('')],
      'a Deployment of two': [`kk create deployment metrics --image=${exporter} --replicas=2`, 30],
      'another image': metrics(`${tolerations}, `, 'busybox:1.28'),
      'a static count of pods by hand': [
        `kk run metrics --image=${exporter} --overrides='{"spec":{"nodeName":"k8s-master"}}'`,
        `kk run metrics-2 --image=${exporter} --overrides='{"spec":{"nodeName":"k8s-node1"}}'`,
        20,
      ],
    },
  },
  'at-the-door': {
    right: {
      'a host port': hello(`${tolerations}, `, port),
      'the network of the node': hello(`hostNetwork: true, ${tolerations}, `, 'env: []'),
      'the port by patch, afterwards': [
        ...hello(`${tolerations}, `, 'env: []'),
        `kk patch ds ${greeter} -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","ports":[{"containerPort":3000,"hostPort":3000}]}]}}}}'`,
        40,
      ],
    },
    wrong: {
      'no port of the node': hello(`${tolerations}, `, 'ports: [{containerPort: 3000}]'),
      'the control plane is left out': hello('', port),
      'another port of the node': hello(`${tolerations}, `, 'ports: [{containerPort: 3000, hostPort: 8080}]'),
      'a port where nobody listens': hello(
        `${tolerations}, `,
        'ports: [{containerPort: 80, hostPort: 3000}]',
      ),
    },
  },
  'two-days': {
    right: {
      'the selector goes, from the file': [
        "sed -i '/nodeSelector/,+1d' daemonset-picky-broken.yaml",
        'kk apply -f daemonset-picky-broken.yaml',
        40,
      ],
      'the selector goes, by patch': [
        `kk patch ds log-agent --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"}]'`,
        40,
      ],
      'the manifest of the lesson': ['kk apply -f daemonset.yaml', 40],
      'deleted and made anew': ['kk delete ds log-agent', 'kk apply -f daemonset.yaml', 40],
    },
    wrong: {
      'the label on the node: only for today': ['kk label node k8s-node1 logs=collected', 60],
      'another selector': [
        "sed -i 's/logs: collected/kubernetes.io\\/hostname: k8s-node1/' daemonset-picky-broken.yaml",
        'kk apply -f daemonset-picky-broken.yaml',
        60,
      ],
      'a second DaemonSet beside it': ["sed 's/log-agent/log-agent-2/' daemonset.yaml | kk apply -f -", 60],
      'a pod by hand': [
        'kk run log-agent --image=busybox:1.28 --overrides=\'{"spec":{"nodeName":"k8s-node1"}}\' -- sleep 3600',
        30,
      ],
    },
  },
}
