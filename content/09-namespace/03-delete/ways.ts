// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const save = 'kk create configmap ledger --from-literal=month=11'
const letGo = `kk patch configmap ledger -n test --type=merge -p '{"metadata":{"finalizers":null}}'`

export default {
  'clear-out': {
    right: {
      'the namespace is deleted': ['kk delete namespace test', 10],
      'by a manifest': [
        "printf 'apiVersion: v1\\nkind: Namespace\\nmetadata: {name: test}\\n' | kk delete -f -",
        10,
      ],
      'emptied first, then deleted': [
        'kk delete deployment report -n test',
        'kk delete namespace test --wait=false',
        40,
      ],
    },
    wrong: {
      'emptied only': ['kk delete deployment report -n test', 30],
      'the wrong report': ['kk delete deployment report', 'kk delete namespace test', 20],
      'the namespace default was meant': ['kk delete namespace default', 20],
    },
  },
  'empty-only': {
    right: {
      'the Deployment is deleted': ['kk delete deployment report -n test', 20],
      'by its manifest': ['kk delete -f deployment-report.yaml -n test', 20],
      'all Deployments of test': ['kk delete deployments --all -n test', 20],
    },
    wrong: {
      'the namespace goes': ['kk delete namespace test', 20],
      'it goes and comes back, all made again': [
        'kk delete namespace test',
        'kk create namespace test',
        'kk create configmap settings --from-literal=mode=test -n test',
        20,
      ],
      'scaled to none': ['kk scale deployment report --replicas=0 -n test', 30],
      'the pods alone': ['kk delete pods --all -n test', 30],
      'the settings too': ['kk delete deployments,configmaps --all -n test', 20],
    },
  },
  held: {
    right: {
      'saved, then let go': [save, letGo, 20],
      'saved from what is there': [
        "kk create configmap ledger --from-literal=month=$(kk get configmap ledger -n test -o jsonpath='{.data.month}')",
        `kk patch configmap ledger -n test --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
        20,
      ],
      'the manifest applied at home': ['kk apply -f configmap-ledger.yaml', letGo, 20],
    },
    wrong: {
      'let go, nothing saved': [letGo, 30],
      'saved, and nobody lets go': [save, 'kk delete configmap ledger -n test --wait=false', 60],
      'the namespace is torn off': [
        save,
        'kk get namespace test -o json | sed \'s/"kubernetes"//\' | kk replace --raw /api/v1/namespaces/test/finalize -f -',
        30,
      ],
      forced: [save, 'kk delete namespace test --grace-period=0 --force --timeout=20s', 30],
    },
  },
}
