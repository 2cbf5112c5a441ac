// Reads BPMN files with the parser that bpmn.io uses, and says what is wrong with them.
//
// Usage: node check.mjs FILE...
// Exits 1 if any file draws a warning, or leaves a flow without an end, a task without a lane or a shape undrawn.
import { readFile } from 'node:fs/promises';
import { BpmnModdle } from 'bpmn-moddle';

/** What is wrong with one file, a line each. */
async function problems(file) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(await readFile(file, 'utf8'));
  const found = warnings.map((warning) => warning.message);
  const process = rootElement.rootElements.find((element) => element.$type === 'bpmn:Process');
  const drawn = rootElement.diagrams[0].plane.planeElement;
  const shape = (element) => drawn.find((one) => one.bpmnElement === element);
  const inLanes = process.laneSets[0].lanes.flatMap((lane) => lane.flowNodeRef);

  for (const element of process.flowElements) {
    if (!shape(element)) found.push(`${element.id} is not drawn`);
    if (element.$type === 'bpmn:SequenceFlow') {
      found.push(...flowProblems(element, shape));
    } else if (inLanes.filter((one) => one === element).length !== 1) {
      found.push(`${element.id} is not in exactly one lane`);
    }
  }
  return found.map((problem) => `${file}: ${problem}`);
}

/** What is wrong with one flow: its ends, its drawing, and whether each end knows of it. */
function flowProblems(flow, shape) {
  const found = [];
  const edge = shape(flow);
  if (!flow.sourceRef || !flow.targetRef) return [`${flow.id} lacks an end`];
  if (edge?.$type !== 'bpmndi:BPMNEdge' || !(edge.waypoint?.length >= 2)) found.push(`${flow.id} has no line`);
  if (!flow.sourceRef.outgoing?.includes(flow)) found.push(`${flow.sourceRef.id} does not know of ${flow.id}`);
  if (!flow.targetRef.incoming?.includes(flow)) found.push(`${flow.targetRef.id} does not know of ${flow.id}`);
  if (edge && !touches(edge.waypoint[0], shape(flow.sourceRef)?.bounds)) found.push(`${flow.id} does not begin at its source`);
  if (edge && !touches(edge.waypoint.at(-1), shape(flow.targetRef)?.bounds)) found.push(`${flow.id} does not end at its target`);
  return found;
}

/** Whether a point lies on the border of a shape. */
function touches(point, bounds) {
  if (!bounds) return false;
  const { x, y, width, height } = bounds;
  const within = point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
  return within && (point.x === x || point.x === x + width || point.y === y || point.y === y + height);
}

const unreadable = (file) => (error) => [`${file}: cannot be read: ${error.message}`];
const found = (await Promise.all(process.argv.slice(2).map((file) => problems(file).catch(unreadable(file))))).flat();
found.forEach((problem) => console.log(problem));
process.exit(found.length > 0 ? 1 : 0);
