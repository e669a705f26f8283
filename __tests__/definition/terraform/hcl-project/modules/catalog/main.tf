variable "name" { type = string }
variable "backend_url" { type = string }

resource "aws_api_gateway_rest_api" "this" {
  name = var.name
  body = templatefile("${path.module}/openapi.json.tftpl", {
    title       = var.name
    backend_url = var.backend_url
    statuses    = ["200", "404"]
  })
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { body = sha1(aws_api_gateway_rest_api.this.body) }
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = "live"
}

resource "aws_api_gateway_api_key" "partner" {
  name = "${var.name}-partner"
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "${var.name}-partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.live.stage_name
  }

  quota_settings {
    limit  = 1000
    period = "DAY"
  }
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  key_id        = aws_api_gateway_api_key.partner.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partners.id
}
