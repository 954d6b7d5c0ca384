import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Dashboard, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS } from '../../../../lib/private/contracts/seed-results';
import { seederDashboard, type SeederMetric, seederWidgets } from '../../../../lib/private/seeder/dashboard';

const metric: SeederMetric = (metricName, props) =>
  new Metric({ namespace: METRICS.namespace, metricName, dimensionsMap: { Seeder: 'Tenants' }, ...props });

const render = (define: (stack: Stack) => void): any => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
  define(stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  const [separator, parts] = dashboard.Properties.DashboardBody['Fn::Join'];
  return JSON.parse(parts.map((part: unknown) => (typeof part === 'string' ? part : 'eu-west-1')).join(separator));
};

test('the widgets fill rows of 24 columns, on a dashboard of their own or a team’s', () => {
  const places = (body: any) => body.widgets.map(({ x, y, width }: any) => [x, y, width]);
  const own = render((stack) => void seederDashboard(stack, 'Dashboard', seederWidgets(metric, 'Tenants')));
  expect(places(own)).toEqual([
    [0, 0, 24],
    [0, 3, 12],
    [12, 3, 12],
    [0, 9, 12],
    [12, 9, 12],
  ]);
  const team = render((stack) => new Dashboard(stack, 'Team', { widgets: [seederWidgets(metric, 'Tenants')] }));
  expect(places(team)).toEqual(places(own));
});

test('every metric of the seeder is shown', () => {
  const text = JSON.stringify(
    render((stack) => void seederDashboard(stack, 'Dashboard', seederWidgets(metric, 'Tenants'))),
  );
  const about: string[] = [METRICS.namespace, METRICS.service, METRICS.poolDimension, METRICS.seederDimension];
  const names = Object.values(METRICS).filter((name) => !about.includes(name));
  for (const name of names) expect(text).toContain(`"${name}"`);
});

test('every widget names the seeder, and every axis its unit', () => {
  const { widgets } = render((stack) => void seederDashboard(stack, 'D', seederWidgets(metric, 'Tenants')));
  for (const { properties } of widgets) expect(properties.title).toMatch(/^Tenants: /);
  const axes = widgets.flatMap(({ properties }: any) => Object.values(properties.yAxis ?? {}));
  expect(axes.map(({ label }: any) => label)).toEqual(['Percent', 'Users', 'Users', 'Requests a second', 'Requests']);
});

test('progress counts by the minute what is planned and what is finished', () => {
  const { widgets } = render((stack) => void seederDashboard(stack, 'D', seederWidgets(metric, 'Tenants')));
  const hidden = expect.objectContaining({ visible: false, period: 60 });
  expect(widgets[1].properties.metrics).toEqual([
    [expect.objectContaining({ expression: '100 * RUNNING_SUM(FILL(finished, 0)) / RUNNING_SUM(FILL(planned, 0))' })],
    [METRICS.namespace, METRICS.plannedUsers, 'Seeder', 'Tenants', hidden],
    [METRICS.namespace, METRICS.finishedUsers, 'Seeder', 'Tenants', hidden],
    [expect.objectContaining({ expression: 'RUNNING_SUM(FILL(planned, 0)) - RUNNING_SUM(FILL(finished, 0))' })],
  ]);
});
