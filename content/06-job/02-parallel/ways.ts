// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const covers = "sed 's/half-years/covers/; s/: 6/: 8/; s/: 3/: 4/' job-half-years.yaml"
const shelves = "sed 's/by-number/shelves/; s/: 6/: 5/; s/parallelism: 3/parallelism: 2/' job-indexed.yaml"
const apply = 'kk apply -f -'
const spec = (name: string, fields: object) => `kk patch job ${name} -p '${JSON.stringify({ spec: fields })}'`
const invoices = (workers: number) => spec('invoices', { parallelism: workers })

export default {
  covers: {
    right: {
      'the manifest of the lesson, three lines changed': [`${covers} | ${apply}`, 60],
      'indexed will do as well': [
        `${covers} | sed 's/^spec:/spec:\\n  completionMode: Indexed/' | ${apply}`,
        60,
      ],
      'two workers at first, then four': [
        `${covers} | sed 's/parallelism: 4/parallelism: 2/' | ${apply}`,
        5,
        spec('covers', { parallelism: 4 }),
        90,
      ],
      'one piece is cut off and done again': [
        `${covers} | ${apply}`,
        5,
        'kk delete pod $(kk get pods -o name | head -1)',
        120,
      ],
    },
    wrong: {
      'completions and parallelism the wrong way round': [
        "sed 's/half-years/covers/; s/completions: 6/completions: 4/; s/: 3/: 8/' job-half-years.yaml | kk apply -f -",
        90,
      ],
      'all eight at once': [`${covers} | sed 's/parallelism: 4/parallelism: 8/' | ${apply}`, 90],
      'one after the other': [`${covers} | sed '/parallelism/d' | ${apply}`, 240],
      'four at the end only, after eight': [
        `${covers} | sed 's/parallelism: 4/parallelism: 8/' | ${apply}`,
        5,
        spec('covers', { parallelism: 4 }),
        90,
      ],
    },
  },
  shelves: {
    right: {
      'the manifest of the lesson, three lines changed': [`${shelves} | ${apply}`, 90],
      'one after the other is within the limit': [
        `${shelves} | sed 's/parallelism: 2/parallelism: 1/' | ${apply}`,
        150,
      ],
      'one of them is cut off: its number is done again': [
        `${shelves} | ${apply}`,
        5,
        'kk delete pod -l batch.kubernetes.io/job-completion-index=0',
        120,
      ],
    },
    wrong: {
      'nobody has a number': [
        "sed 's/half-years/shelves/; s/: 6/: 5/; s/: 3/: 2/' job-half-years.yaml | kk apply -f -",
        120,
      ],
      'three at once': [`${shelves} | sed 's/parallelism: 2/parallelism: 3/' | ${apply}`, 120],
      'a number too many': [`${shelves} | sed 's/completions: 5/completions: 6/' | ${apply}`, 120],
      'suspended half-way': [`${shelves} | ${apply}`, 30, spec('shelves', { suspend: true }), 120],
    },
  },
  'too-slow': {
    right: {
      'four workers': [invoices(4), 540],
      'three are enough': [invoices(3), 640],
      'by the file': [
        "sed -i 's/parallelism: 1/parallelism: 4/' job-slow-broken.yaml",
        'kk apply -f job-slow-broken.yaml',
        540,
      ],
    },
    wrong: {
      'ten workers': [invoices(10), 400],
      'begun anew': [
        "sed -i 's/parallelism: 1/parallelism: 4/' job-slow-broken.yaml",
        'kk replace --force -f job-slow-broken.yaml',
        600,
      ],
      'fewer pieces: it is refused': [spec('invoices', { completions: 5 }), 300],
      'too late, with its clock set back': [
        1500,
        spec('invoices', { suspend: true }),
        10,
        spec('invoices', { suspend: false, parallelism: 4 }),
        300,
      ],
      'suspended: nobody works': [spec('invoices', { suspend: true, parallelism: 4 }), 600],
    },
  },
}
