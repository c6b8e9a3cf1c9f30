// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const template = (spec: object) =>
  `kk patch deployment watcher -p '${JSON.stringify({ spec: { template: { spec } } })}'`
/** The pod `asker`, made of that of the lesson with some lines more. */
const asker = (lines: string) =>
  `sed 's/name: curl$/name: asker/; s/^spec:/spec:\\n${lines}/' pod_curl.yaml | kk apply -f -`
const ndots = (value: number) => `  dnsConfig: {options: [{name: ndots, value: "${value}"}]}`

export default {
  'seven-lines': {
    right: {
      'delete and apply': ['kk delete pod curl', 'kk apply -f pod_curl.yaml', 10],
      'replace --force': ['kk replace --force -f pod_curl.yaml', 10],
      'only its container stopped: the next one gets them': [
        "ssh k8s-node1 crictl stop $(ssh k8s-node1 crictl ps | grep curl | sed 's/ .*//')",
        15,
      ],
      'run by hand': [
        'kk delete pod curl --now',
        'kk run curl --image=curlimages/curl --command -- sleep infinity',
        10,
      ],
    },
    wrong: {
      'applied again: nothing happens': ['kk apply -f pod_curl.yaml', 10],
      'the Service made anew: later still': [
        'kk delete service service-hellok8s-clusterip; kk apply -f service-clusterip.yaml',
        10,
      ],
      'without links': [
        'kk delete pod curl',
        "sed 's/name: curl-nolinks/name: curl/' pod_nolinks.yaml | kk apply -f -",
        10,
      ],
      'another pod': ['kk run second --image=curlimages/curl --command -- sleep infinity', 10],
    },
  },
  'one-question': {
    right: {
      'ndots 1': [asker(ndots(1)), 10],
      'ndots 2: www.example.com has two dots': [asker(ndots(2)), 10],
      'run with overrides': [
        `kk run asker --image=curlimages/curl --overrides='{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"1"}]}}}' --command -- sleep infinity`,
        10,
      ],
    },
    wrong: {
      'as it is': [asker('  hostname: asker'), 10],
      'ndots 3: three questions too many': [asker(ndots(3)), 10],
      'ndots 0: short names are lost': [asker(ndots(0)), 10],
      "the node's name servers": [asker(`  dnsPolicy: Default\\n${ndots(1)}`), 10],
    },
  },
  watcher: {
    right: {
      patch: [template({ dnsPolicy: 'ClusterFirstWithHostNet' }), 60],
      'the file, then apply': [
        "sed -i 's/hostNetwork: true/hostNetwork: true\\n      dnsPolicy: ClusterFirstWithHostNet/' watcher.yaml",
        'kk apply -f watcher.yaml',
        60,
      ],
      'all by hand': [
        template({
          dnsPolicy: 'None',
          dnsConfig: {
            nameservers: ['20.1.0.10'],
            searches: ['default.svc.cluster.local', 'svc.cluster.local'],
          },
        }),
        60,
      ],
    },
    wrong: {
      'the network of the node given up': [template({ hostNetwork: null }), 60],
      'ClusterFirst, which it is already': [template({ dnsPolicy: 'ClusterFirst' }), 60],
      'a restart': ['kk rollout restart deployment watcher', 60],
      Default: [template({ dnsPolicy: 'Default' }), 60],
    },
  },
}
