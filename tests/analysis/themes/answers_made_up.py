"""Made-up answers on three subjects in six languages."""

from __future__ import annotations

from itertools import product

# Beginnings and ends by language and subject: each pair is an answer of its own.
PARTS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": {
        "health": (
            ("Rural hospitals need", "Doctors and nurses ask for", "Every clinic should have"),
            (
                "telemedicine for their patients.",
                "medicines and vaccines for patients.",
                "telemedicine and trained doctors.",
            ),
        ),
        "farming": (
            ("Smallholder farmers need", "Farmers in dry regions want", "Our farmers lack"),
            (
                "advice on crops and seeds.",
                "irrigation for their crops.",
                "market prices for crops and cattle.",
            ),
        ),
        "school": (
            ("Schools in villages lack", "Teachers and pupils need", "Every school should offer"),
            (
                "textbooks and trained teachers.",
                "digital lessons for pupils.",
                "a curriculum that teachers help to write.",
            ),
        ),
    },
    "fr": {
        "health": (
            (
                "Les hôpitaux ruraux demandent",
                "Les médecins ont besoin de",
                "Il faut pour la santé",
            ),
            (
                "la télémédecine pour les patients.",
                "des médicaments et des vaccins pour les patients.",
                "des médecins et de la télémédecine.",
            ),
        ),
        "farming": (
            ("Les agriculteurs demandent", "Nos agriculteurs veulent", "Il faut aux agriculteurs"),
            (
                "des conseils sur les cultures et les semences.",
                "l’irrigation de leurs cultures et récoltes.",
                "les prix des récoltes et du bétail.",
            ),
        ),
        "school": (
            ("Les écoles demandent", "Les enseignants et les élèves veulent", "Il faut à l’école"),
            (
                "des manuels et des enseignants formés.",
                "des leçons numériques pour les élèves.",
                "un programme scolaire écrit avec les enseignants.",
            ),
        ),
    },
    "es": {
        "health": (
            ("Los hospitales rurales piden", "Los médicos necesitan", "Hace falta para la salud"),
            (
                "la telemedicina para los pacientes.",
                "medicamentos y vacunas para los pacientes.",
                "médicos y telemedicina.",
            ),
        ),
        "farming": (
            ("Los agricultores piden", "Nuestros agricultores quieren", "Los agricultores esperan"),
            (
                "consejos sobre los cultivos y las semillas.",
                "riego para los cultivos y las cosechas.",
                "los precios de las cosechas y del ganado.",
            ),
        ),
        "school": (
            ("Las escuelas piden", "Los docentes y los alumnos quieren", "En la escuela faltan"),
            (
                "libros de texto y docentes formados.",
                "clases digitales para los alumnos.",
                "un plan de estudios escrito con los docentes.",
            ),
        ),
    },
    "ru": {
        "health": (
            ("Сельские больницы просят", "Врачам нужны", "Для здоровья важны"),
            (
                "телемедицина для пациентов.",
                "лекарства и вакцины для пациентов.",
                "врачи и телемедицина.",
            ),
        ),
        "farming": (
            ("Фермеры просят", "Нашим фермерам нужны", "Фермеры хотят"),
            (
                "советы об урожае и семенах.",
                "орошение для своего урожая.",
                "цены на урожай и скот.",
            ),
        ),
        "school": (
            ("Школы просят", "Учителям и ученикам нужны", "В школе не хватает"),
            (
                "учебники и обученные учителя.",
                "цифровые уроки для учеников.",
                "учебная программа для учителей.",
            ),
        ),
    },
    "ar": {
        "health": (
            ("المستشفيات الريفية تطلب", "الأطباء يريدون", "المرضى في القرى ينتظرون"),
            ("التطبيب عن بعد للمرضى.", "الأدوية واللقاحات للمرضى.", "الأطباء والتطبيب عن بعد."),
        ),
        "farming": (
            ("المزارعون يطلبون", "المزارعون يريدون", "المزارعون في القرى ينتظرون"),
            ("إرشاد حول المحاصيل والبذور.", "الري من أجل المحاصيل.", "أسعار المحاصيل والماشية."),
        ),
        "school": (
            ("المدارس تطلب", "المعلمون والتلاميذ يريدون", "التعليم في المدارس يحتاج"),
            ("كتب مدرسية ومعلمين مدربين.", "دروس رقمية للتلاميذ.", "المناهج التي يكتبها المعلمون."),
        ),
    },
    "zh": {
        "health": (
            ("农村医院希望得到", "医生和护士要求", "患者盼望"),
            ("面向患者的远程医疗。", "药品和疫苗。", "更多医生和远程医疗。"),
        ),
        "farming": (
            ("农民希望得到", "干旱地区的农民要求", "我们的农民缺少"),
            ("农作物和种子的信息。", "农作物灌溉。", "农作物和牲畜的价格。"),
        ),
        "school": (
            ("乡村学校希望得到", "教师和学生要求", "学校缺少"),
            ("教材和教师培训。", "面向学生的数字课程。", "教师参与编写的课程。"),
        ),
    },
}


def answers(languages: tuple[str, ...] = tuple(PARTS)) -> list[tuple[str, str, str]]:
    """Return language, subject and text of 27 answers for each language."""
    return [
        (language, subject, f"{begin}{'' if language == 'zh' else ' '}{end}")
        for language in languages
        for subject, (begins, ends) in PARTS[language].items()
        for begin, end in product(begins, ends)
    ]
