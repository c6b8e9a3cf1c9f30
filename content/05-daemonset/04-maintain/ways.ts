// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const node = 'k8s-node1'
const shop = 'deployment/hellok8s-go-http'
const drain = `kk drain ${node} --ignore-daemonsets --delete-emptydir-data --force`
const uncordon = `kk uncordon ${node}`
const three = `kk scale ${shop} --replicas=3`
const budget = (fields: string) => `kk create pdb greeters --selector=app=hellok8s ${fields}`

export default {
  memory: {
    right: {
      'drained and taken back': [drain, 70, uncordon, 5],
      'cordoned first, all told which to leave out': [`kk cordon ${node}`, 5, drain, 90, uncordon, 5],
      'by hand: cordon, delete what is there': [
        `kk cordon ${node}`,
        `kk delete pod --field-selector spec.nodeName=${node} --all-namespaces --wait=false`,
        75,
        uncordon,
        5,
      ],
    },
    wrong: {
      'never taken back': [drain, 120],
      'taken back at once': [drain, uncordon, 90],
      'cordoned only': [`kk cordon ${node}`, 90, uncordon, 5],
      'the node is deleted': [`kk delete node ${node}`, 90],
      'another node': ['kk drain k8s-node2 --ignore-daemonsets', 70, 'kk uncordon k8s-node2', 5],
    },
  },
  'one-stays': {
    right: {
      'the budget of the lesson': ['kk apply -f pdb.yaml', 5, drain, 70, uncordon, 5],
      'maxUnavailable 1': [budget('--max-unavailable=1'), 5, drain, 70, uncordon, 5],
      'any of these labels': [
        "printf 'apiVersion: policy/v1\\nkind: PodDisruptionBudget\\nmetadata: {name: greeters}\\nspec: {maxUnavailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [hellok8s]}]}}\\n' | kk apply -f -",
        5,
        drain,
        70,
        uncordon,
        5,
      ],
      'half of them': [budget('--min-available=50%'), 5, drain, 70, uncordon, 5],
      'more of them, and a budget': [three, 15, budget('--min-available=2'), 5, drain, 70, uncordon, 5],
    },
    wrong: {
      'no budget': [drain, 70, uncordon, 5],
      'the budget comes afterwards': [drain, 70, uncordon, 'kk apply -f pdb.yaml', 10],
      'pods deleted by hand, which asks no budget': [
        'kk apply -f pdb.yaml',
        5,
        `kk cordon ${node}`,
        `kk delete pod --field-selector spec.nodeName=${node}`,
        30,
        drain,
        70,
        uncordon,
        5,
      ],
      'drained without the budget being asked': [
        'kk apply -f pdb.yaml',
        5,
        `${drain} --disable-eviction`,
        70,
        uncordon,
        5,
      ],
      'a budget for other pods': [
        'kk create pdb greeters --selector=app=hello --min-available=1',
        5,
        drain,
        70,
        uncordon,
        5,
      ],
    },
  },
  stuck: {
    right: {
      'one more, then drain': [three, 10, drain, 70, uncordon, 5],
      'four, and back to two at the end': [
        `kk scale ${shop} --replicas=4`,
        10,
        drain,
        70,
        uncordon,
        `kk scale ${shop} --replicas=3`,
        20,
      ],
      'a restart, which starts new ones elsewhere first': [
        `kk rollout restart ${shop}`,
        `kk rollout status ${shop}`,
        10,
        drain,
        70,
        uncordon,
        5,
      ],
    },
    wrong: {
      'the budget is deleted': ['kk delete pdb hellok8s', drain, 70, uncordon, 5],
      'the budget asks for one less': [
        `kk patch pdb hellok8s -p '{"spec":{"minAvailable":1}}'`,
        5,
        drain,
        70,
        uncordon,
        5,
      ],
      'deleted by hand': [`kk delete pod --field-selector spec.nodeName=${node}`, 30, drain, 70, uncordon, 5],
      'given up': [`${drain} --timeout=30s`, 60, uncordon, 5],
    },
  },
}
