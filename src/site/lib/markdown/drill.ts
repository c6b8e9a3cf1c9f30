// A drill as Markdown: what is said of the broken cluster, its goals, its files, the hints, the best known way, and what stays.
import { pageStrings } from '../../../i18n/pages.ts'
import { fill, strings } from '../../../i18n/strings.ts'
import { type DrillPage, drillFiles } from '../drills.ts'
import { findLesson } from '../outline.ts'
import { solutionText } from '../solution.ts'
import { fenced, markdownAddress, markdownPage } from './page.ts'

export function drillMarkdown(page: DrillPage): string {
  const { language, drill, lesson, number, words } = page
  const t = strings[language]
  const w = pageStrings[language]
  const taught = findLesson(language, drill.lesson)
  const name = `${drill.lesson} ${taught.title}`
  const [exercise] = lesson.exercises
  return markdownPage(
    page,
    [
      `# ${number} ${words.title}`,
      `${fill(w.drillLevel, { n: drill.level })} · ${fill(w.drillMinutes, { n: drill.minutes })}`,
      `> ${words.report}`,
      `## ${w.drillGoals}`,
      Object.values(words.goals)
        .map(each => `- [ ] ${each}`)
        .join('\n'),
      ...Object.entries(drillFiles(page.id)).map(([file, text]) => `${file}:\n\n${fenced(text, 'yaml')}`),
      `## ${w.drillStuck}`,
      ...words.hints.map((each, i) => `${i ? t.exerciseAnotherHint : t.exerciseHint}: ${each}`),
      `## ${t.exerciseSolution}`,
      exercise ? fenced(solutionText(exercise, language), 'sh') : '',
      `## ${w.drillAfter}`,
      `**${w.drillTeaches}** ${words.teaches}`,
      `**${w.drillLesson}** ${taught.path ? `[${name}](${markdownAddress(taught.path)})` : name}`,
    ].join('\n\n'),
  )
}
