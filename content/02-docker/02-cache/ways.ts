// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const greeting = (word: string) => `sed -i 's/Hello, [A-Za-z]*/Hello, ${word}/' main.go`
const all = (options = '') => `docker build -t hellok8s -f Dockerfile.all ${options} .`
const logged = `${all('--progress=plain')} > build.txt 2>&1`

export default {
  'two-versions': {
    right: {
      'a tag of its own for the new one': [greeting('readers'), 'docker build -q -t learner/hellok8s:v2 .'],
      'built under another name, tagged afterwards': [
        greeting('readers'),
        'docker build -q -t shop .',
        'docker tag shop learner/hellok8s:v2',
      ],
      'over the old one, which gets its tag back': [
        greeting('readers'),
        'docker tag learner/hellok8s:v1 keep',
        'docker build -q -t learner/hellok8s:v1 .',
        'docker tag learner/hellok8s:v1 learner/hellok8s:v2',
        'docker tag keep learner/hellok8s:v1',
      ],
    },
    wrong: {
      "somebody else's image under one's own name": [
        'docker pull -q leigg/hellok8s:v2',
        'docker tag leigg/hellok8s:v2 learner/hellok8s:v2',
      ],
      'the same image under both': ['docker build -q -t learner/hellok8s:v2 .'],
      'over the old one': [greeting('readers'), 'docker build -q -t learner/hellok8s:v1 .'],
      'v1 lost on the way to v2': [
        greeting('readers'),
        'docker build -q -t learner/hellok8s:v1 .',
        greeting('friends'),
        'docker build -q -t learner/hellok8s:v2 .',
      ],
      'without a name': [greeting('readers'), 'docker build -q .'],
    },
  },
  'keep-out': {
    right: {
      'by their names': [
        "printf 'notes.txt\\nbuild.txt\\n' > .dockerignore",
        all('-q'),
        'echo two >> notes.txt',
        logged,
      ],
      'by its ending': ["echo '**/*.txt' > .dockerignore", all('-q'), 'date > notes.txt', logged],
      'by a pattern of another kind, all into one log': [
        "echo 'no*s.[tT]xt' > Dockerfile.all.dockerignore; echo build.txt >> Dockerfile.all.dockerignore",
        `${all('--progress=plain')} >> build.txt 2>&1`,
        'echo two >> notes.txt',
        `${all('--progress=plain')} >> build.txt 2>&1`,
      ],
      'everything out, what is needed in': [
        "printf '*\\n!go.mod\\n!main.go\\n' > .dockerignore",
        'echo two > notes.txt',
        all('-q'),
        logged,
      ],
    },
    wrong: {
      'built first, kept out and changed afterwards': [
        all('-q'),
        'rm -f build.txt',
        `${all('--progress=plain')} > /tmp/log 2>&1; cp /tmp/log build.txt`,
        "echo '*.txt' > .dockerignore",
        'echo two >> notes.txt',
      ],
      'changed when the log was there already': [
        "echo '*.txt' > .dockerignore",
        all('-q'),
        logged,
        'echo two >> notes.txt',
      ],
      'a log written by hand': [
        "echo '*.txt' > .dockerignore",
        'echo two >> notes.txt',
        "printf '#1 COPY . .\n#1 CACHED\n#2 RUN go build\n#2 CACHED\n' > build.txt",
      ],
      'built twice without keeping it out': ['echo two >> notes.txt', all('-q'), logged],
      'kept out and let in again': [
        "printf '*.txt\\n!notes.txt\\n' > .dockerignore",
        'echo two >> notes.txt',
        all('-q'),
        logged,
      ],
      'kept out, but the log goes along': [
        'echo notes.txt > .dockerignore',
        all('-q'),
        'date > notes.txt',
        logged,
      ],
      'kept out, first build: compiled once more': [
        "echo '*.txt' > .dockerignore",
        'echo two >> notes.txt',
        logged,
      ],
      'into .gitignore': ['echo notes.txt > .gitignore', all('-q'), 'echo two >> notes.txt', logged],
      'everything out': ["echo '*' > .dockerignore", 'echo two >> notes.txt', `${logged} || true`],
    },
  },
  leftovers: {
    right: {
      'what uses them first': ['docker rm -f old tried', 'docker image prune -f'],
      'stop, then all at once': ['docker stop old', 'docker system prune -f'],
      'one by one': [
        'docker stop old',
        'docker rm old tried',
        'docker rmi $(docker images -q -f dangling=true)',
      ],
    },
    wrong: {
      'prune alone': ['docker image prune -f'],
      'system prune, with one still running': ['docker system prune -f'],
      'all containers': ['docker rm -f old tried shop', 'docker image prune -f'],
      'given names instead': [
        'for id in $(docker images -q -f dangling=true); do docker tag $id kept:$id; done',
      ],
    },
  },
}
