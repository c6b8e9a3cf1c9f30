// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const build = 'docker build -q -t learner/hellok8s:v1 .'
const run = 'docker run -d -p 3000:3000 learner/hellok8s:v1'
const single = 'docker build -q -f single.Dockerfile -t learner/hellok8s:v1 .'
const scratch = "sed 's/alpine:3.22/scratch/' Dockerfile > Dockerfile.tiny"
const tiny = 'docker build -q -f Dockerfile.tiny -t learner/hellok8s:tiny .'
const runTiny = 'docker run -d -p 8080:3000 learner/hellok8s:tiny'
const mended = [
  "sed -i 's/--from=build /--from=builder /; s/go.sum/go.mod/' Dockerfile",
  'sed -i \'s/htp"/http"/\' main.go',
]

export default {
  'two-stages': {
    right: {
      'build and run': [build, run, 2],
      'named afterwards': ['docker build -q -t shop .', 'docker tag shop learner/hellok8s:v1', run, 2],
      'on the machine that has docker': [
        build,
        'ssh k8s-master docker run -d --name hello -p 3000:3000 learner/hellok8s:v1',
        2,
      ],
      'from scratch is small too': [
        scratch,
        'docker build -q -f Dockerfile.tiny -t learner/hellok8s:v1 .',
        run,
        2,
      ],
    },
    wrong: {
      'one stage': [single, run, 10],
      'built and not run': [build, 10],
      'run without a port': [build, 'docker run -d learner/hellok8s:v1', 10],
      "somebody else's image under one's own name": [
        'docker pull -q leigg/hellok8s:v1',
        'docker tag leigg/hellok8s:v1 learner/hellok8s:v1',
        'docker rmi leigg/hellok8s:v1',
        run,
        10,
      ],
      "somebody else's image": ['docker run -d -p 3000:3000 leigg/hellok8s:v1', 10],
      'the container is of the image before': [single, run, build, 10],
    },
  },
  'program-only': {
    right: {
      'another last stage': [scratch, tiny, runTiny, 2],
      'in the Dockerfile itself': [
        "sed -i 's/^FROM alpine.*/FROM scratch/' Dockerfile",
        'docker build -q -t learner/hellok8s:tiny .',
        runTiny,
        2,
      ],
      'a name for the container': [
        scratch,
        tiny,
        'docker run -d --name tiny --publish 8080:3000 learner/hellok8s:tiny',
        2,
      ],
    },
    wrong: {
      'alpine is too big': ['docker build -q -t learner/hellok8s:tiny .', runTiny, 10],
      'another port': [scratch, tiny, 'docker run -d -p 3000:3000 learner/hellok8s:tiny', 10],
      'the ports the wrong way round': [
        scratch,
        tiny,
        'docker run -d -p 3000:8080 learner/hellok8s:tiny',
        10,
      ],
      'only built': [scratch, tiny, 10],
    },
  },
  'does-not-build': {
    right: {
      'three places': [...mended, build, run, 2],
      'the file is not needed at all: copy everything': [
        "sed -i 's/--from=build /--from=builder /; s/COPY go.sum main.go/COPY ./' Dockerfile",
        'sed -i \'s/htp"/http"/\' main.go',
        build,
        run,
        2,
      ],
      'the stage renamed instead': [
        "sed -i 's/AS builder/AS build/; s/go.sum/go.mod/' Dockerfile",
        'sed -i \'s/htp"/http"/\' main.go',
        build,
        run,
        2,
      ],
    },
    wrong: {
      'as it is': [`${build} || true`, 10],
      'only the Dockerfile': [mended[0]!, `${build} || true`, `${run} || true`, 10],
      'built with everything in it': [...mended, single, run, 10],
      'an image that is there already': [
        'docker pull -q leigg/hellok8s:v1',
        'docker run -d -p 3000:3000 leigg/hellok8s:v1',
        10,
      ],
    },
  },
}
