// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const sync = "sed 's/name: report$/name: sync/; s/Allow/Forbid/' cronjob-overlap.yaml"
const patch = (name: string, spec: object) => `kk patch cronjob ${name} -p '${JSON.stringify({ spec })}'`
const prices = (spec: object) => patch('prices', spec)
const stock = (spec: object) => patch('stock', spec)
const limit = (seconds: number) => ({ jobTemplate: { spec: { activeDeadlineSeconds: seconds } } })
const sweep = 'kk delete job --all'

export default {
  'one-at-a-time': {
    right: {
      'the manifest of the lesson': [`${sync} | kk apply -f -`, 240],
      'made first, forbidden before the second is due': [
        "sed 's/name: report$/name: sync/' cronjob-overlap.yaml | kk apply -f -",
        patch('sync', { concurrencyPolicy: 'Forbid' }),
        240,
      ],
      'Allow at first, then deleted and made anew': [
        "sed 's/name: report$/name: sync/' cronjob-overlap.yaml | kk apply -f -",
        150,
        'kk delete cronjob sync',
        `${sync} | kk apply -f -`,
        300,
      ],
      'short work that never meets': [`${sync} | sed 's/sleep 75/sleep 10/' | kk apply -f -`, 240],
    },
    wrong: {
      'Allow: two at once': ["sed 's/name: report$/name: sync/' cronjob-overlap.yaml | kk apply -f -", 300],
      'Replace: none is ever done': [
        "sed 's/name: report$/name: sync/; s/Allow/Replace/' cronjob-overlap.yaml | kk apply -f -",
        300,
      ],
      'forbidden when two were at work already': [
        "sed 's/name: report$/name: sync/' cronjob-overlap.yaml | kk apply -f -",
        130,
        patch('sync', { concurrencyPolicy: 'Forbid' }),
        240,
      ],
      'one by hand beside it': [
        `${sync} | kk apply -f -`,
        70,
        'kk create job again --from=cronjob/sync',
        260,
      ],
      'every second minute': [`${sync} | sed 's/"\\*/"*\\/2/' | kk apply -f -`, 400],
    },
  },
  latest: {
    right: {
      'both by one patch': [prices({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 30 }), 200],
      'one after the other': [
        prices({ startingDeadlineSeconds: 20 }),
        60,
        prices({ concurrencyPolicy: 'Replace' }),
        200,
      ],
      'by a file': [
        "sed 's/name: report$/name: prices/; s/Allow/Replace/; s/^spec:/spec:\\n  startingDeadlineSeconds: 30/' cronjob-overlap.yaml | kk apply -f -",
        200,
      ],
    },
    wrong: {
      'Replace alone': [prices({ concurrencyPolicy: 'Replace' }), 240],
      'deleted by hand, and none replaced yet': [
        sweep,
        prices({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 30 }),
        45,
      ],
      'Forbid keeps the old one': [prices({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 30 }), 240],
      'an hour late is late': [prices({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 3600 }), 240],
      'five seconds may be too few for the controller': [
        prices({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 5 }),
        240,
      ],
      suspended: [prices({ concurrencyPolicy: 'Replace', startingDeadlineSeconds: 30, suspend: true }), 240],
    },
  },
  pile: {
    right: {
      'Forbid, a limit, swept': [stock({ concurrencyPolicy: 'Forbid', ...limit(100) }), sweep, 300],
      'Replace needs the limit too, and cuts earlier': [
        stock({ concurrencyPolicy: 'Replace', ...limit(45) }),
        sweep,
        300,
      ],
      'suspended while it is mended': [
        stock({ suspend: true }),
        sweep,
        stock({ concurrencyPolicy: 'Forbid', ...limit(60) }),
        stock({ suspend: false }),
        300,
      ],
      'the deadline of the pod, which may not be tried again': [
        stock({
          concurrencyPolicy: 'Forbid',
          jobTemplate: { spec: { template: { spec: { activeDeadlineSeconds: 100 } } } },
        }),
        sweep,
        400,
      ],
      'no failed Job is kept': [
        stock({ concurrencyPolicy: 'Forbid', failedJobsHistoryLimit: 0, ...limit(100) }),
        sweep,
        400,
      ],
      'deleted, and a better file': [
        'kk delete cronjob stock',
        "sed 's/^spec:/spec:\\n  concurrencyPolicy: Forbid/; s/backoffLimit: 0/backoffLimit: 0\\n      activeDeadlineSeconds: 90/' cronjob-pile-broken.yaml | kk apply -f -",
        300,
      ],
    },
    wrong: {
      'Forbid alone: the first one blocks for ever': [stock({ concurrencyPolicy: 'Forbid' }), sweep, 400],
      'a limit alone: two at once': [stock(limit(100)), sweep, 400],
      'the old ones are still there': [stock({ concurrencyPolicy: 'Forbid', ...limit(100) }), 400],
      'put to sleep': [stock({ suspend: true, ...limit(100) }), sweep, 400],
    },
  },
}
