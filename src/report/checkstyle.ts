import { anchor, groupDiagnostics, type Report, sentence } from './report.ts'
import { xml } from './xml.ts'

/** Checkstyle XML, one `file` for each file with findings. */
export function checkstyle(report: Report): string {
  const byFile = groupDiagnostics(
    report.diagnostics,
    (diagnostic) => anchor(report, diagnostic).file,
  )
  const files = [...byFile].map(([file, diagnostics]) => {
    const errors = diagnostics.map((diagnostic) => {
      const { start } = anchor(report, diagnostic)
      return `    <error line="${start.line}" column="${start.column}" severity="${diagnostic.severity}" message="${xml(sentence(diagnostic))}" source="resonate-auth.${diagnostic.rule.id}"/>`
    })
    return `  <file name="${xml(file)}">\n${errors.join('\n')}\n  </file>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.map((file) => `${file}\n`).join('')}</checkstyle>\n`
}
