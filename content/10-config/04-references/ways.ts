// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const calm = (reference: string) =>
  `printf '%s\\n' 'apiVersion: v1' 'kind: Pod' 'metadata: {name: calm}' 'spec: {containers: [{name: main, image: "busybox:1.28", command: [sleep, "3600"], env: [{name: LOG_LEVEL, ${reference}}]}]}' | kk apply -f -`
const key = (more: string) => `valueFrom: {secretKeyRef: {name: tuning, key: LOG_LEVEL${more}}}`

const stringData = `kk patch secret report-db -p '{"stringData":{"PASSWORD":"pass123"}}'`

const file = 'deployment-home-references-broken.yaml'
const letter = `sed -i 's/DB_PASWD/DB_PASSWD/' ${file}`
const name = `sed -i 's/home-file$/home-files/' ${file}`
const apply = [`kk apply -f ${file}`, 60]

export default {
  'may-be-missing': {
    right: {
      'optional: true': [calm(key(', optional: true')), 10],
      'the pod of the lesson, renamed': [
        "sed '1,/^---/d; /^---/,$d; s/variable-optional/calm/' pods-references.yaml | kk apply -f -",
        10,
      ],
      'required first, then anew': [
        calm(key('')),
        10,
        'kk delete pod calm --now',
        calm(key(', optional: true')),
        10,
      ],
    },
    wrong: {
      required: [calm(key('')), 60],
      'the Secret is made': [
        'kk create secret generic tuning --from-literal=LOG_LEVEL=debug',
        calm(key('')),
        30,
      ],
      'a ConfigMap instead': [
        calm('valueFrom: {configMapKeyRef: {name: tuning, key: LOG_LEVEL, optional: true}}'),
        10,
      ],
    },
  },
  'hands-off': {
    right: {
      'the key by stringData': [stringData, 60],
      'the key in base64': [`kk patch secret report-db -p '{"data":{"PASSWORD":"cGFzczEyMw=="}}'`, 60],
      'the Secret made anew': [
        'kk delete secret report-db',
        'kk create secret generic report-db --from-literal=USER=report --from-literal=PASSWORD=pass123',
        90,
      ],
    },
    wrong: {
      'waiting alone': [600],
      'the pod made anew with the slip in it': [
        "sed -i 's/key: PASSWORD/key: PASWORD/' pod-report-waits.yaml",
        'kk replace --force -f pod-report-waits.yaml',
        60,
      ],
      'a Secret of the key alone': [
        'kk delete secret report-db',
        'kk create secret generic report-db --from-literal=PASSWORD=pass123',
        90,
      ],
      'another password': [`kk patch secret report-db -p '{"stringData":{"PASSWORD":"x"}}'`, 60],
    },
  },
  'two-letters': {
    right: {
      'both in the file': [letter, name, ...apply],
      'one after the other': [letter, ...apply, name, ...apply],
      'what was asked for, put there': [
        `kk patch secret home-db -p '{"stringData":{"DB_PASWD":"pass123"}}'`,
        "kk create configmap home-file --from-literal=some.txt='hello readers'",
        240,
      ],
    },
    wrong: {
      'one of two': [letter, ...apply],
      'optional, so that it starts': [
        `sed -i 's/                  key: DB_PASWD/&\\n                  optional: true/; s/            name: home-file$/&\\n            optional: true/' ${file}`,
        ...apply,
      ],
      'rolled back': ['kk rollout undo deployment/home', 60],
      'scaled down and up': [
        letter,
        name,
        'kk scale deployment home --replicas=0',
        10,
        `kk apply -f ${file}`,
        60,
      ],
    },
  },
}
