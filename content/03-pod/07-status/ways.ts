// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const spec = (name: string, text: string) =>
  `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: ${name}}\\nspec:\\n${text}' | kk apply -f -`
const stuck = spec(
  'stuck',
  '  initContainers: [{name: first, image: "busybox:1.28", command: [sleep, "3600"]}]\\n  containers: [{name: c, image: nginx}]\\n',
)
const half = spec(
  'half',
  '  restartPolicy: Never\\n  containers: [{name: c, image: nginx}, {name: d, image: "busybox:1.28", command: [echo, bye]}]\\n',
)
const gone = "kk run gone --image=busybox:1.28 --restart=Never -- sh -c 'exit 1'"
const label = 'kk label node k8s-node1 disk=ssd'
const map = 'kk create configmap shop --from-literal=NAME=books'

export default {
  'in-place': {
    right: {
      'a label and a ConfigMap': [label, map, 30],
      'an empty ConfigMap, and the label by patch': [
        'kk create configmap shop',
        `kk patch node k8s-node1 -p '{"metadata":{"labels":{"disk":"ssd"}}}'`,
        30,
      ],
      'a ConfigMap from a manifest': [
        label,
        "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: shop}\\ndata: {NAME: books}\\n' | kk apply -f -",
        30,
      ],
    },
    wrong: {
      'only the node': [label, 60],
      'a ConfigMap of another name': [label, 'kk create configmap shops', 60],
      'the pods are made anew without their wants': [
        'kk delete pod no-node no-config --grace-period=1',
        'kk run no-node --image=nginx',
        'kk run no-config --image=nginx',
        20,
      ],
      'the label has another value': ['kk label node k8s-node1 disk=hdd', map, 60],
    },
  },
  'on-purpose': {
    right: {
      'three manifests': [stuck, half, gone, 30],
      'from the lesson’s file, by other names': [
        stuck,
        "sed -n '/half-done/,$p' status.yaml > rest.yaml",
        "(printf 'apiVersion: v1\\nkind: Pod\\n'; sed 's/half-done/half/' rest.yaml) | kk apply -f -",
        gone,
        30,
      ],
      'OnFailure does for what ended well, another exit code for what did not': [
        stuck,
        spec(
          'half',
          '  restartPolicy: OnFailure\\n  containers: [{name: c, image: nginx}, {name: d, image: "busybox:1.28", command: ["true"]}]\\n',
        ),
        'kk run gone --image=busybox:1.28 --restart=Never -- ls /nosuch',
        40,
      ],
    },
    wrong: {
      'gone is started again': [stuck, half, "kk run gone --image=busybox:1.28 -- sh -c 'exit 1'", 60],
      'half with the default policy': [
        stuck,
        spec(
          'half',
          '  containers: [{name: c, image: nginx}, {name: d, image: "busybox:1.28", command: [echo, bye]}]\\n',
        ),
        gone,
        60,
      ],
      'the init container ends too soon': [
        spec(
          'stuck',
          '  initContainers: [{name: first, image: "busybox:1.28", command: [sleep, "5"]}]\\n  containers: [{name: c, image: nginx}]\\n',
        ),
        half,
        gone,
        60,
      ],
      'one is missing': [stuck, half, 60],
      'half has lost both halves': [
        stuck,
        spec(
          'half',
          '  restartPolicy: Never\\n  containers: [{name: c, image: "busybox:1.28", command: ["true"]}, {name: d, image: "busybox:1.28", command: [echo, bye]}]\\n',
        ),
        gone,
        60,
      ],
    },
  },
  'short-life': {
    right: {
      'the deadline is taken out': [
        "sed -i '/activeDeadlineSeconds/d' greeter.yaml",
        'kk replace --force -f greeter.yaml',
        70,
      ],
      'a deadline of a day': [
        "sed 's/: 30$/: 86400/' greeter.yaml > day.yaml",
        'kk delete pod greeter',
        'kk apply -f day.yaml',
        70,
      ],
      'deleted, then run': ['kk delete -f greeter.yaml', 'kk run greeter --image=nginx', 70],
    },
    wrong: {
      'made anew from the same file': ['kk replace --force -f greeter.yaml', 90],
      'a policy that restarts does not help': [
        "sed -i 's/OnFailure/Always/' greeter.yaml",
        'kk replace --force -f greeter.yaml',
        90,
      ],
      waiting: [600],
      'twice the time is not enough': [
        "sed -i 's/: 30$/: 59/' greeter.yaml",
        'kk replace --force -f greeter.yaml',
        90,
      ],
    },
  },
}
