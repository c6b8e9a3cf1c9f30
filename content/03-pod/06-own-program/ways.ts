// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const ask = (pod: string, into: string) =>
  `curl -s $(kk get pod ${pod} -o jsonpath='{.status.podIP}'):3000 ${into}`
const run = (name: string, version: string) => `kk run ${name} --image=leigg/hellok8s:${version}`

export default {
  'ask-it': {
    right: {
      'by the pod’s address': [run('greeter', 'v2'), 10, ask('greeter', '> answer.txt'), 1],
      'from the manifest of the lesson': [
        "sed 's/go-http/greeter/; s/:v1/:v2/' pod.yaml | kk apply -f -",
        10,
        ask('greeter', '> answer.txt'),
        1,
      ],
      'from another pod': [
        run('greeter', 'v2'),
        'kk run asker --image=busybox:1.28 -- sleep 3600',
        10,
        "kk exec asker -- wget -qO- $(kk get pod greeter -o jsonpath='{.status.podIP}'):3000 > answer.txt",
        1,
      ],
    },
    wrong: {
      'the other version': [run('greeter', 'v1'), 10, ask('greeter', '> answer.txt'), 1],
      'asked too soon': [run('greeter', 'v2'), ask('greeter', '> answer.txt'), 10],
      'an answer without a pod': ['echo "[v2] Hello, Kubernetes!" > answer.txt', 5],
      'saved under another name': [run('greeter', 'v2'), 10, ask('greeter', '> reply.txt'), 1],
    },
  },
  'two-versions': {
    right: {
      'one after the other': [
        run('blue', 'v1'),
        run('green', 'v2'),
        10,
        ask('blue', '> both.txt'),
        ask('green', '>> both.txt'),
        1,
      ],
      'the second from the manifest': [
        "sed 's/go-http/blue/' pod.yaml | kk apply -f -",
        "sed 's/go-http/green/; s/:v1/:v2/' pod.yaml | kk apply -f -",
        10,
        `(${ask('green', '')}; echo; ${ask('blue', '')}) > both.txt`,
        1,
      ],
      'made as v1, then changed': [
        run('blue', 'v1'),
        run('green', 'v1'),
        10,
        'kk set image pod/green green=leigg/hellok8s:v2',
        10,
        ask('blue', '>> both.txt'),
        ask('green', '>> both.txt'),
        1,
      ],
    },
    wrong: {
      'the second answer replaces the first': [
        run('blue', 'v1'),
        run('green', 'v2'),
        10,
        ask('blue', '> both.txt'),
        ask('green', '> both.txt'),
        1,
      ],
      'one pod, changed in between': [
        run('blue', 'v1'),
        10,
        ask('blue', '> both.txt'),
        'kk set image pod/blue blue=leigg/hellok8s:v2',
        10,
        ask('blue', '>> both.txt'),
        1,
      ],
      'the wrong way round': [
        run('blue', 'v2'),
        run('green', 'v1'),
        10,
        ask('blue', '>> both.txt'),
        ask('green', '>> both.txt'),
        1,
      ],
    },
  },
  typo: {
    right: {
      'set image': ['kk set image pod/hello hello=leigg/hellok8s:v1', 60],
      patch: [
        `kk patch pod hello -p '{"spec":{"containers":[{"name":"hello","image":"docker.io/leigg/hellok8s:v1"}]}}'`,
        60,
      ],
      'the object with one word changed': [
        "kk get pod hello -o yaml | sed 's/helloks8/hellok8s/' | kk apply -f -",
        60,
      ],
    },
    wrong: {
      waiting: [1200],
      'a new pod': ['kk delete pod hello', run('hello', 'v1'), 20],
      'another misspelling': ['kk set image pod/hello hello=leigg/helok8s:v1', 120],
      'another version': ['kk set image pod/hello hello=leigg/hellok8s:v2', 60],
    },
  },
}
