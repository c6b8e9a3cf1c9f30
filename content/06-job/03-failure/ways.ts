// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const create = (name: string, spec: string, command = 'sleep 86400') =>
  `kk create job ${name} --image=busybox:1.28 --dry-run=client -o yaml -- ${command} | sed 's/^spec:/spec:\\n${spec}/' | kk apply -f -`
const limit = (n: number, from = 'job-never.yaml') =>
  `sed 's/backoffLimit: 2/backoffLimit: ${n}/' ${from} > mine.yaml`
const mine = 'kk replace --force -f mine.yaml'
const broken = 'job-ledger-broken.yaml'

export default {
  evidence: {
    right: {
      'Never, and one more try': [limit(1), mine, 60],
      'the file of OnFailure, changed in both places': [
        "sed -i 's/OnFailure/Never/; s/backoffLimit: 2/backoffLimit: 1/' job-onfailure.yaml",
        'kk delete job ledger',
        'kk apply -f job-onfailure.yaml',
        60,
      ],
      'deleted first, applied, and one try less while it runs': [
        'kk delete job ledger',
        'kk apply -f job-never.yaml',
        5,
        `kk patch job ledger -p '{"spec":{"backoffLimit":1}}'`,
        60,
      ],
    },
    wrong: {
      'OnFailure takes its pod along': [limit(1, 'job-onfailure.yaml'), mine, 90],
      'one try only': [limit(0), mine, 60],
      'a try too many, when all is over': ['kk replace --force -f job-never.yaml', 120, 30],
      'mended: nothing fails': [limit(1), "sed -i 's/2024-3/2024-2/' mine.yaml", mine, 60],
      'apply cannot change the policy': ['kk apply -f job-never.yaml', 60],
    },
  },
  nightly: {
    right: {
      'both in the manifest': [
        create('nightly', '  activeDeadlineSeconds: 90\\n  ttlSecondsAfterFinished: 60'),
        240,
      ],
      'patched while it runs': [
        'kk create job nightly --image=busybox:1.28 -- sleep 86400',
        10,
        `kk patch job nightly -p '{"spec":{"activeDeadlineSeconds":90,"ttlSecondsAfterFinished":60}}'`,
        240,
      ],
      'gone at once when it has ended': [
        create('nightly', '  activeDeadlineSeconds: 90\\n  ttlSecondsAfterFinished: 0'),
        200,
      ],
    },
    wrong: {
      'deleted by hand': [create('nightly', '  activeDeadlineSeconds: 90'), 150, 'kk delete job nightly', 60],
      'a program that ends by itself': [
        create('nightly', '  activeDeadlineSeconds: 300\\n  ttlSecondsAfterFinished: 60', 'sleep 90'),
        240,
      ],
      'without a ttl it stays': [create('nightly', '  activeDeadlineSeconds: 90'), 400],
      'too long a deadline': [
        create('nightly', '  activeDeadlineSeconds: 180\\n  ttlSecondsAfterFinished: 10'),
        400,
      ],
    },
  },
  mend: {
    right: {
      'the name corrected, replace --force': [
        `sed -i 's/2024-3/2024-2/' ${broken}`,
        `kk replace --force -f ${broken}`,
        30,
      ],
      'delete, apply': ['kk delete job ledger', `sed 's/2024-3/2024-2/' ${broken} | kk apply -f -`, 30],
      'the manifest of another step, corrected': [
        "sed 's/2024-3/2024-2/' job-limits.yaml | kk replace --force -f -",
        30,
      ],
    },
    wrong: {
      'more patience': [`kk patch job ledger -p '{"spec":{"backoffLimit":20}}'`, 900],
      'begun again as it was': [`kk replace --force -f ${broken}`, 300],
      'the piece left out': [`sed 's/ 2024-3//' ${broken} | kk replace --force -f -`, 60],
      'the script no longer minds': [
        `sed 's/exit 1/true/; s/2024-3/2024-2 2024-3/' ${broken} | kk replace --force -f -`,
        60,
      ],
    },
  },
}
