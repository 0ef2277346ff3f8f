import { startStack } from '/work/main/services/web/page_tests/stub/stack'
import { furnish, firstPupil } from '/work/main/services/web/page_tests/tour'
const stack = await startStack()
console.log(stack.url)
setInterval(() => {}, 1000)
