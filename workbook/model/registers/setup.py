"""Setup: who we are, which services take part, who holds which role."""

from workbook.model.days import DAY_FIRST, MONTH_FIRST
from workbook.model.declare import (
    CHOICE,
    DATE,
    ID,
    LIST,
    LONG_TEXT,
    NUMBER,
    PERSON,
    REF,
    TEXT,
    WHOLE,
    YES_NO,
    Area,
    Register,
)

ROLES = (
    "Registered manager",
    "Project lead",
    "Quality lead",
    "Team leader",
    "Trainer",
    "Board chair",
    "Board member",
    "Supplier contact",
    "Commissioner contact",
    "Administrator",
)

FRAMEWORKS = ("Quality statements", "Key lines of enquiry (draft)")


class Programme(
    Register,
    sheet="Setup",
    area=Area.SETUP,
    purpose="The provider, its programme and how its board works: one row per setting.",
    checked=False,
):
    """The settings. In the workbook each is a row of two columns, Setting and Value; here each is a column."""

    provider_name = TEXT.required("Provider name")
    programme_name = TEXT.required("Programme name")
    care_system = TEXT.required("Care system", note="The electronic care management system.")
    care_system_supplier = TEXT.required("Care system supplier")
    board_name = TEXT.required("Project board name")
    board_quorum = WHOLE.required("Board quorum", default=3, minimum=1)
    early_weeks = WHOLE.required("Early implementation weeks", default=12)
    framework = CHOICE(*FRAMEWORKS).required("Inspection framework", default=FRAMEWORKS[0])
    contact_email = TEXT.optional("Contact e-mail")
    documents_folder = TEXT.optional("Documents folder", note="Blank: the folder Documents beside the workbook.")
    date_order = CHOICE(DAY_FIRST, MONTH_FIRST).optional(
        "Date order",
        note="How dates typed as text are read. Blank: 05.11.2026 is 5 November, and 05/11/2026 has to be typed again.",
    )
    logo = TEXT.optional(
        "Logo",
        note="A picture, PNG or JPEG, in the workbook's folder. Blank: logo.png or logo.jpg beside the workbook.",
    )
    classification = TEXT.optional(
        "Classification line",
        note="Who may read documents that stay in the organisation. Blank: Internal: may hold personal data.",
    )


class Services(
    Register,
    sheet="Setup",
    area=Area.SETUP,
    purpose="The services that take part. The phase of a service follows from its dates; nobody types it.",
    checked=False,
):
    service_code = ID(r"[A-Z]{2,6}").required(
        "Service code", note="Two to six capital letters.", synonyms=("Code", "Home code", "Site code")
    )
    name = TEXT.required("Service name", synonyms=("Home", "Home name", "Site name"), label=True)
    service_type = LIST("ServiceTypes").required("Service type", synonyms=("Type of service", "Type of home"))
    registered_manager = PERSON.required("Registered manager", synonyms=("Manager", "Home manager"))
    team_leader = PERSON.optional("Team leader", synonyms=("Leader", "Shift leader"))
    go_live = DATE.required("Go-live date", future=True, synonyms=("Go live", "Live from", "Start date"))
    stabilised_on = DATE.optional(
        "Stabilised on", later=True, start="Go-live date", synonyms=("Stable from", "Stabilised")
    )
    in_use = YES_NO.required("In use", synonyms=("Active", "Taking part"))


class People(
    Register,
    sheet="Setup",
    area=Area.SETUP,
    purpose="One row per person and role: in a small provider one person holds several.",
    checked=False,
):
    person = TEXT.required("Person", synonyms=("Full name", "Name of person"))
    role = CHOICE(*ROLES).required("Role", synonyms=("Role in programme", "Programme role"))
    service = REF("Services").optional(
        "Service", note="Blank: all services.", synonyms=("Home", "Site", "Location", "Service code", "Service name")
    )
    email = TEXT.optional("E-mail", synonyms=("Mail", "E-mail address"))


class Thresholds(
    Register,
    sheet="Thresholds",
    area=Area.SETUP,
    purpose="When a trigger is raised. Change the value; the default stands beside it.",
    checked=False,
):
    trigger = TEXT.required("Trigger", synonyms=("Trigger ID", "Rule"))
    parameter = TEXT.required("Parameter", synonyms=("Threshold", "Limit"))
    value = NUMBER.required("Value", unit_in=("Unit",), synonyms=("Reading", "Figure"))
    unit = TEXT.optional("Unit", synonyms=("Measured in", "Unit of measure"))
    default = NUMBER.optional("Default", unit_in=("Unit",), synonyms=("Default value", "Standard value"))
    meaning = LONG_TEXT.optional("What it means", synonyms=("Meaning", "Explanation"))
