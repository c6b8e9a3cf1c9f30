// Ways that must count and ways that must not, each after the exercise's start.
const weekend = "sed 's/shop-sign/weekend-sign/; s/09:00/10:00/' first-object.yaml"

export default {
  'close-later': {
    right: {
      'the file, then apply': ["sed -i 's/21:00/22:00/' first-object.yaml", 'kk apply -f first-object.yaml'],
      'a patch': [`kk patch configmap shop-sign -p '{"data":{"close":"22:00"}}'`],
      'on the way': ["sed 's/21:00/22:00/' first-object.yaml | kk apply -f -"],
    },
    wrong: {
      'the file changed and not applied': ["sed -i 's/21:00/22:00/' first-object.yaml", 30],
      'applied without a change': ['kk apply -f first-object.yaml', 30],
      'deleted and made anew': [
        "sed -i 's/21:00/22:00/' first-object.yaml",
        'kk delete configmap shop-sign',
        'kk apply -f first-object.yaml',
      ],
      'only tried': ["sed 's/21:00/22:00/' first-object.yaml | kk apply --dry-run=server -f -"],
    },
  },
  weekend: {
    right: {
      'the file under another name': [`${weekend} | kk apply -f -`],
      'a file of its own': [`${weekend} > weekend.yaml`, 'kk apply -f weekend.yaml'],
      'without a file': ['kk create configmap weekend-sign --from-literal=open=10:00'],
    },
    wrong: {
      'the old one renamed in the file, opening as on weekdays': [
        "sed 's/shop-sign/weekend-sign/' first-object.yaml | kk apply -f -",
      ],
      'the old one changed': ["sed 's/09:00/10:00/' first-object.yaml | kk apply -f -"],
      'the old one gone': [`kk delete configmap shop-sign; ${weekend} | kk apply -f -`],
    },
  },
  scribbled: {
    right: {
      'apply what the file says': ['kk apply -f first-object.yaml'],
      'delete and apply': ['kk delete configmap shop-sign', 'kk apply -f first-object.yaml'],
      'by patch': [`kk patch configmap shop-sign -p '{"data":{"greeting":"hello","close":"21:00"}}'`],
    },
    wrong: {
      'half of it': [`kk patch configmap shop-sign -p '{"data":{"greeting":"hello"}}'`],
      'the file is changed to match': [
        "sed -i 's/hello/helo/; s/21:00/12:00/' first-object.yaml",
        'kk apply -f first-object.yaml',
      ],
      'deleted, and no more': ['kk delete configmap shop-sign'],
    },
  },
}
