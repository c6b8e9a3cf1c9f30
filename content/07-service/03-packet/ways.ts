// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'service-hellok8s-clusterip'
const patch = (spec: object) => `kk patch service ${name} -p '${JSON.stringify({ spec })}'`
const affinity = (timeoutSeconds: number) => ({
  sessionAffinity: 'ClientIP',
  sessionAffinityConfig: { clientIP: { timeoutSeconds } },
})
const selector = (operations: object[]) =>
  `kk -n kube-system patch daemonset kube-proxy --type=json -p '${JSON.stringify(operations)}'`
const path = '/spec/template/spec/nodeSelector'
/** The name of the pod with the address that a pipe prints. */
const podAt = (address: string) =>
  `kk get pods -o custom-columns=POD:.metadata.name,IP:.status.podIP | grep "$(${address})$" | sed 's/ .*//'`
const target =
  "ssh k8s-node1 iptables-save | grep $(cat chain.txt) | grep -o 'destination [0-9.]*' | sed 's/.* //'"
const source =
  "ssh k8s-master iptables-save | grep $(cat chain.txt) | grep -o 's [0-9.]*/32' | sed 's/s //; s/.32$//'"

export default {
  'which-pod': {
    right: {
      'by its DNAT rule, on the other node': [`kk label pod $(${podAt(target)}) suspect=yes`, 2],
      'by the rule for a pod that calls itself': [`kk label pod $(${podAt(source)}) suspect=yes`, 2],
      'all of them first, then the others taken back': [
        'kk label pods -l app=hellok8s suspect=yes',
        `kk label pods $(kk get pods -o name | grep -v "$(${podAt(target)})" | sed 's/pod.//') suspect-`,
        2,
      ],
    },
    wrong: {
      'all of them': ['kk label pods -l app=hellok8s suspect=yes', 2],
      'another one': [
        `kk label pod $(kk get pods -l app=hellok8s -o name | grep -v "$(${podAt(target)})" | head -1 | sed 's/pod.//') suspect=yes`,
        2,
      ],
      'the name of the chain in the file changed': ['echo KUBE-SEP-AAAAAAAAAAAAAAAA > chain.txt', 2],
      'the others sent away': [
        `kk label pod $(${podAt(target)}) suspect=yes`.replace('suspect=yes', 'app=other --overwrite'),
        10,
      ],
    },
  },
  'ten-minutes': {
    right: {
      patch: [patch(affinity(600)), 3],
      'two patches': [
        patch({ sessionAffinity: 'ClientIP' }),
        patch({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } } }),
        3,
      ],
      'the file, then apply': [
        "sed -i 's/type: ClusterIP/type: ClusterIP\\n  sessionAffinity: ClientIP\\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 600}}/' service-clusterip.yaml",
        'kk apply -f service-clusterip.yaml',
        3,
      ],
    },
    wrong: {
      'three hours, the default': [patch({ sessionAffinity: 'ClientIP' }), 3],
      'ten seconds': [patch(affinity(10)), 3],
      'one pod only': [
        patch(affinity(600)).replace('600', '60'),
        'kk scale deployment hellok8s-go-http --replicas=1',
        5,
      ],
    },
  },
  'old-rules': {
    right: {
      'the label no longer asked for': [selector([{ op: 'remove', path: `${path}/proxy` }]), 60],
      'rolled back to what it was': ['kk -n kube-system rollout undo daemonset kube-proxy', 60],
      'the nodes get the label': ['kk label nodes --all proxy=on', 60],
      'the selector replaced as it was': [
        selector([{ op: 'replace', path, value: { 'kubernetes.io/os': 'linux' } }]),
        60,
      ],
    },
    wrong: {
      'the Service made anew': [`kk delete service ${name}`, 'kk apply -f service-clusterip.yaml', 60],
      'pods deleted again': ['kk delete pods -l app=hellok8s', 60],
      'a restart of what is not there': ['kk -n kube-system rollout restart daemonset kube-proxy', 60],
      'one node only': ['kk label node k8s-node1 proxy=on', 60],
    },
  },
}
