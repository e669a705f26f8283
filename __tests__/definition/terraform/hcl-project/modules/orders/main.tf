variable "name" { type = string }
variable "account_id" { type = string }
variable "region" { type = string }
variable "queue" { type = object({ name = string, arn = string }) }
variable "echo_invoke_arn" { type = string }
variable "authorizer_invoke_arn" { type = string }
variable "stages" { type = set(string) }

locals {
  resources = toset(["orders", "health", "events", "upstream"])
  mocks = {
    "GET health" = { resource = "health", verb = "GET", body = { status = "ok" } }
    "GET events" = { resource = "events", verb = "GET", body = { events = [] } }
  }
}

resource "aws_api_gateway_rest_api" "this" {
  name = var.name

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "top" {
  for_each = local.resources

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_resource" "order" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.top["orders"].id
  path_part   = "{id}"
}

# Two mocks by for_each, found by a key that only the local value knows.
resource "aws_api_gateway_method" "mock" {
  for_each = local.mocks

  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.top[each.value.resource].id
  http_method   = each.value.verb
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "mock" {
  for_each = local.mocks

  rest_api_id       = aws_api_gateway_rest_api.this.id
  resource_id       = aws_api_gateway_method.mock[each.key].resource_id
  http_method       = aws_api_gateway_method.mock[each.key].http_method
  type              = "MOCK"
  request_templates = { "application/json" = jsonencode({ statusCode = 200 }) }
}

resource "aws_api_gateway_method_response" "mock" {
  for_each = local.mocks

  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_method.mock[each.key].resource_id
  http_method = aws_api_gateway_method.mock[each.key].http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "mock" {
  for_each = local.mocks

  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = aws_api_gateway_integration.mock[each.key].resource_id
  http_method        = aws_api_gateway_integration.mock[each.key].http_method
  status_code        = aws_api_gateway_method_response.mock[each.key].status_code
  response_templates = { "application/json" = jsonencode(each.value.body) }
}

resource "aws_api_gateway_authorizer" "token" {
  name                             = "token"
  rest_api_id                      = aws_api_gateway_rest_api.this.id
  authorizer_uri                   = var.authorizer_invoke_arn
  authorizer_result_ttl_in_seconds = 0
}

# GET and POST of one resource by count.
resource "aws_api_gateway_method" "order" {
  count = 2

  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = aws_api_gateway_resource.order.id
  http_method        = ["GET", "POST"][count.index]
  authorization      = count.index == 0 ? "NONE" : "CUSTOM"
  authorizer_id      = count.index == 0 ? null : aws_api_gateway_authorizer.token.id
  request_parameters = { "method.request.path.id" = true }
}

resource "aws_api_gateway_integration" "order" {
  count = 2

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.order.id
  http_method             = aws_api_gateway_method.order[count.index].http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = var.echo_invoke_arn
}

resource "aws_iam_role" "sqs" {
  name = "${var.name}-sqs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "apigateway.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "sqs" {
  role = aws_iam_role.sqs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = var.queue.arn }]
  })
}

resource "aws_api_gateway_method" "event" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.top["events"].id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "event" {
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.top["events"].id
  http_method             = aws_api_gateway_method.event.http_method
  integration_http_method = "POST"
  type                    = "AWS"
  credentials             = aws_iam_role.sqs.arn
  uri                     = "arn:aws:apigateway:${var.region}:sqs:path/${var.account_id}/${var.queue.name}"
  passthrough_behavior    = "NEVER"

  request_parameters = {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
  }
  request_templates = {
    "application/json" = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
  }
}

resource "aws_api_gateway_method_response" "event" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_resource.top["events"].id
  http_method = aws_api_gateway_method.event.http_method
  status_code = "202"
}

resource "aws_api_gateway_integration_response" "event" {
  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = aws_api_gateway_resource.top["events"].id
  http_method        = aws_api_gateway_method.event.http_method
  status_code        = aws_api_gateway_method_response.event.status_code
  response_templates = { "application/json" = jsonencode({ accepted = true }) }
  depends_on         = [aws_api_gateway_integration.event]
}

resource "aws_api_gateway_method" "upstream" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.top["upstream"].id
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "upstream" {
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.top["upstream"].id
  http_method             = aws_api_gateway_method.upstream.http_method
  integration_http_method = "ANY"
  type                    = "HTTP_PROXY"
  uri                     = "https://upstream.example.com/v2"
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    redeployment = sha1(jsonencode([aws_api_gateway_resource.top, aws_api_gateway_method.mock, local.mocks]))
  }

  depends_on = [aws_api_gateway_integration.mock, aws_api_gateway_integration.order, aws_api_gateway_integration.upstream,
  aws_api_gateway_integration_response.event, aws_api_gateway_integration_response.mock]
}

resource "aws_api_gateway_stage" "this" {
  for_each = var.stages

  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = each.value
  variables     = { color = each.key }
}

resource "aws_api_gateway_method_settings" "all" {
  for_each = aws_api_gateway_stage.this

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = each.value.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = each.key == "blue" ? 50 : 10
    throttling_burst_limit = 20
  }
}

output "urls" {
  value = { for name, stage in aws_api_gateway_stage.this : name => stage.invoke_url }
}
output "execution_arn" { value = aws_api_gateway_rest_api.this.execution_arn }
output "id" { value = aws_api_gateway_rest_api.this.id }
