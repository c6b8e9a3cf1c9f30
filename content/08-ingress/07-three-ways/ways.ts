// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const controller = '-n ingress-nginx ingress-nginx-controller'
const template = (kind: string, spec: object) =>
  `kk patch ${kind} ${controller} -p '${JSON.stringify({ spec: { template: { spec } } })}'`
const tolerate = (key: string) => ({ tolerations: [{ key, operator: 'Exists', effect: 'NoSchedule' }] })
const master = tolerate('node-role.kubernetes.io/control-plane')
const labelled = 'kk label node k8s-master ingress=true'
const ports = (http: number, https: number) =>
  `[{"op":"replace","path":"/spec/ports/0/nodePort","value":${http}},{"op":"replace","path":"/spec/ports/1/nodePort","value":${https}}]`
const numbers = (http: number, https: number) =>
  `kk patch service ${controller} --type=json -p '${ports(http, https)}'`
const type = (value: string) => `kk patch service ${controller} -p '{"spec":{"type":"${value}"}}'`
const set = 'kk apply -f ingress-nginx-daemonset-hostnetwork.yaml'

export default {
  'every-node': {
    right: {
      'a label and a toleration': [labelled, template('daemonset', master), 60],
      'in the file': [
        labelled,
        "sed -i 's/^      hostNetwork: true/&\\n      tolerations: [{operator: Exists}]/' ingress-nginx-daemonset-hostnetwork.yaml",
        set,
        60,
      ],
      'no taint and a label': [
        'kk taint node k8s-master node-role.kubernetes.io/control-plane:NoSchedule-',
        labelled,
        60,
      ],
      'no selector': [template('daemonset', { ...master, nodeSelector: null }), 60],
    },
    wrong: {
      'the label alone: tainted': [labelled, 60],
      'the toleration alone: not labelled': [template('daemonset', master), 60],
      'the key of old': [labelled, template('daemonset', tolerate('node-role.kubernetes.io/master')), 60],
    },
  },
  'our-numbers': {
    right: {
      'the file with other numbers': [
        "sed 's/30080/31080/; s/30443/31443/' ingress-nginx-service-nodeport.yaml | kk apply -f -",
        3,
      ],
      'type, then numbers': [type('NodePort'), numbers(31080, 31443), 3],
      'made anew': [
        `kk delete service ${controller}`,
        "sed -i 's/30080/31080/; s/30443/31443/' ingress-nginx-service-nodeport.yaml",
        'kk apply -f ingress-nginx-service-nodeport.yaml',
        3,
      ],
    },
    wrong: {
      'the type alone': [type('NodePort'), 3],
      'the numbers alone: it still waits for a cloud': [numbers(31080, 31443), 3],
      swapped: [type('NodePort'), numbers(31443, 31080), 3],
      'a Service without pods': [
        `kk delete service ${controller}`,
        'kk create service nodeport -n ingress-nginx ingress-nginx-controller --tcp=80:80 --tcp=443:443',
        numbers(31080, 31443),
        3,
      ],
    },
  },
  'second-waits': {
    right: {
      'one on the one node': [`kk scale deployment ${controller} --replicas=1`, 30],
      'a DaemonSet in its place': [
        `kk delete deployment ${controller}`,
        'kk label node k8s-node1 ingress=true',
        set,
        60,
      ],
      'the second may go to the control plane': [
        `kk patch deployment ${controller} -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
        template('deployment', master),
        90,
      ],
    },
    wrong: {
      'three of them': [`kk scale deployment ${controller} --replicas=3`, 60],
      'back to before': [`kk rollout undo deployment ${controller}`, 60],
      'begun anew': [`kk rollout restart deployment ${controller}`, 90],
      'the waiting one deleted': [
        'kk delete pods -n ingress-nginx --field-selector status.phase=Pending',
        30,
      ],
    },
  },
}
