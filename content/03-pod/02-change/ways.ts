// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const image = `kk patch pod till -p '{"spec":{"containers":[{"name":"web","image":"httpd:2.4-alpine"}]}}'`
const resize = (resources: string, how = '--subresource resize') =>
  `kk patch pod search ${how} -p '{"spec":{"containers":[{"name":"web","resources":${resources}}]}}'`

export default {
  'new-image': {
    right: {
      patch: [image, 10],
      'set image': ['kk set image pod till web=httpd:2.4-alpine', 10],
      'the object with one line changed': [
        "kk get pod till -o yaml | sed 's/image: httpd:2.4$/image: httpd:2.4-alpine/' | kk apply -f -",
        10,
      ],
      'first a name that does not exist, then the right one': [
        'kk set image pod till web=httpd:2.4-alpin',
        20,
        'kk set image pod till web=httpd:2.4-alpine',
        10,
      ],
    },
    wrong: {
      'a new pod': ['kk delete pod till', 'kk run till --image=httpd:2.4-alpine', 10],
      'replace --force': [
        "kk get pod till -o yaml | sed 's/image: httpd:2.4$/image: httpd:2.4-alpine/' | kk replace --force -f -",
        10,
      ],
      'another container, which is refused': [
        `kk patch pod till -p '{"spec":{"containers":[{"name":"till","image":"httpd:2.4-alpine"}]}}'`,
        10,
      ],
      'a misspelt tag': ['kk set image pod till web=httpd:2.4-alpin', 30],
    },
  },
  'more-cpu': {
    right: {
      'one patch': [resize('{"requests":{"cpu":"150m"},"limits":{"cpu":"400m"}}'), 10],
      'the limit first, then the request': [
        resize('{"limits":{"cpu":"400m"}}'),
        resize('{"requests":{"cpu":"150m"}}'),
        10,
      ],
      'in cores': [resize('{"requests":{"cpu":"0.15"},"limits":{"cpu":"0.4"}}'), 10],
    },
    wrong: {
      'without the subresource': [resize('{"requests":{"cpu":"150m"},"limits":{"cpu":"400m"}}', ''), 10],
      'the limit alone': [resize('{"limits":{"cpu":"400m"}}'), 10],
      'memory too, which restarts the container': [
        resize('{"requests":{"cpu":"150m"},"limits":{"cpu":"400m","memory":"256Mi"}}'),
        10,
      ],
      'a new pod from a changed file': [
        "sed 's/cpu: 100m/cpu: 150m/; s/cpu: 200m/cpu: 400m/' pod-resize.yaml | kk replace --force -f -",
        10,
      ],
    },
  },
  'half-tonight': {
    right: {
      'the file without its environment': ["sed '/env:/,$d' till.yaml | kk apply -f -", 10],
      'a command for each': [
        'kk set image pod/till web=httpd:2.4-alpine',
        'kk label pod till tier=front',
        10,
      ],
      'two patches': [image, `kk patch pod till -p '{"metadata":{"labels":{"tier":"front"}}}'`, 10],
    },
    wrong: {
      'the whole file is refused': ['kk apply -f till.yaml', 30],
      'replaced by force': ['kk replace --force -f till.yaml', 10],
      'only the label': ['kk label pod till tier=front', 10],
      'only the image': [image, 10],
    },
  },
}
